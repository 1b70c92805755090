package condgen.download;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CopyTest {
  @TempDir Path directory;

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "needs /dev/full, which is always full")
  void bounded_diskIsFull_namesTheFileAndTheReason() {
    Path full = Path.of("/dev/full");
    String message =
        assertThrows(
                StorageException.class,
                () -> Copy.bounded(new ByteArrayInputStream(new byte[10]), full, -1))
            .getMessage();
    assertTrue(message.startsWith("cannot write /dev/full: No space left on device"), message);
    assertTrue(message.contains("bytes available"), message);
  }

  @Test
  void bounded_sourceFails_isNoTroubleOfTheDisk() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("line cut");
          }
        };
    IOException e =
        assertThrows(IOException.class, () -> Copy.bounded(broken, directory.resolve("file"), -1));
    assertTrue(!(e instanceof StorageException) && e.getMessage().equals("line cut"), e.toString());
  }
}
