package condgen.download;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {

  private static final Path HERE = Path.of(".");

  @Test
  void require_whereTheFileSystemDoesNotTell_goesOn() {
    FreeSpace silent =
        directory -> {
          throw new IOException("mount point not found");
        };
    assertDoesNotThrow(() -> silent.require(HERE, 1, "mnist"));
  }

  @Test
  void require_moreThanThereIs_namesBothNumbers() {
    FreeSpace small = directory -> 10;
    StorageException error =
        assertThrows(StorageException.class, () -> small.require(HERE, 1_000, "mnist"));
    assertTrue(error.getMessage().contains("1,000 bytes needed, 10 bytes available"));
  }
}
