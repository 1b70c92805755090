package condgen.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.download.DataCache;
import condgen.download.DataFile;
import condgen.download.DataSet;
import condgen.download.Fingerprint;
import condgen.download.Gate;
import condgen.download.MissingDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InceptionWeightsTest {
  @TempDir Path directory;

  private Path write(String set, byte[] content) throws Exception {
    Path file = directory.resolve(set).resolve("inception-2015-12-05.pt");
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void file_notFetched_saysHowToFetch() {
    String message =
        assertThrows(
                MissingDataException.class, () -> InceptionWeights.file(DataCache.at(directory)))
            .getMessage();
    assertTrue(message.endsWith("data-downloaders/fetch inception-fid"), message);
  }

  @Test
  void file_ofAnotherLength_isRefused() throws Exception {
    Path file = write("inception-fid", new byte[1000]);
    String message =
        assertThrows(
                DamagedDataException.class, () -> InceptionWeights.file(DataCache.at(directory)))
            .getMessage();
    assertTrue(message.startsWith(file + ": expected 95,607,719 bytes, found 1,000"), message);
  }

  @Test
  void file_oneByteChanged_isRefused_andTheRightOneIsGiven() throws Exception {
    byte[] program = {1, 2, 3, 4};
    Path file = write("set", program);
    String sha256 = Fingerprint.of(file).sha256();
    Fingerprint known = new Fingerprint(4L, null, sha256);
    DataFile expected = new DataFile(file.getFileName().toString(), known, null, null);
    DataSet set = new DataSet("set", "", Gate.NONE, "", "", "", List.of(expected), List.of());
    DataCache cache = DataCache.at(directory);
    assertEquals(file, InceptionWeights.verified(cache, set));
    program[3] = 5;
    write("set", program);
    String message =
        assertThrows(DamagedDataException.class, () -> InceptionWeights.verified(cache, set))
            .getMessage();
    assertTrue(message.startsWith(file + ": expected SHA-256 " + sha256 + ", found "), message);
  }

  @Test
  void sha256_isThePublishedOne() {
    assertEquals(64, InceptionWeights.sha256().length());
    assertTrue(InceptionWeights.sha256().startsWith("f58cb9b6ec"));
  }
}
