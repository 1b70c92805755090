package condgen.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellOutputTest {
  @Test
  void write_byteByByte_givesWholeCharacters() {
    List<String> pieces = new ArrayList<>();
    PrintStream stream = CellOutput.stream(pieces::add);
    String text = "aé€𝄞";
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      stream.write(b);
    }
    stream.flush();
    assertEquals(text, String.join("", pieces));
    assertEquals(List.of("a", "é", "€", "𝄞"), pieces);
  }

  @Test
  void print_longText_arrivesWhole() {
    StringBuilder got = new StringBuilder();
    String text = "é€".repeat(20_000);
    CellOutput.stream(got::append).print(text);
    assertEquals(text, got.toString());
  }
}
