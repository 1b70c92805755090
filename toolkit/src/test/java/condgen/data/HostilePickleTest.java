package condgen.data;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles that ask for more than tensors are refused by the name of what they ask for. */
class HostilePickleTest {

  @TempDir Path directory;

  private String refusal(byte[] pickle) {
    String first = null;
    for (boolean zip : new boolean[] {true, false}) {
      Path file = directory.resolve("hostile.pt");
      try {
        if (zip) {
          TorchFiles.archive(file, pickle, Map.of());
        } else {
          TorchFiles.legacy(file, pickle, Map.of(), 4);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      String message =
          assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
      assertTrue(message.contains("hostile.pt"), message);
      first = message;
    }
    return first;
  }

  private static PickleBytes start() {
    return new PickleBytes();
  }

  /** Also names that the pickle library itself would construct. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "os system",
        "posix system",
        "nt system",
        "subprocess Popen",
        "builtins eval",
        "builtins exec",
        "builtins getattr",
        "__builtin__ getattr",
        "__builtin__ apply",
        "builtins complex",
        "builtins set",
        "builtins bytearray",
        "builtins ValueError",
        "exceptions Exception",
        "array array",
        "array _array_reconstructor",
        "decimal Decimal",
        "datetime datetime",
        "pytz timezone",
        "dateutil.zoneinfo gettz",
        "operator attrgetter",
        "_codecs encode",
        "copy_reg _reconstructor",
        "copyreg _reconstructor",
        "numpy.core.multiarray _reconstruct",
        "torch.nn.modules.linear Linear",
        "torch load",
        "torch._utils _rebuild_tensor_v2.__globals__",
        "collections OrderedDict.fromkeys",
        "java.lang.Runtime exec"
      })
  void aNameOutsideTheList_isRefusedByName(String name) {
    String[] parts = name.split(" ");
    String expected = "its pickle asks for " + parts[0] + "." + parts[1] + ",";
    Path ran = directory.resolve("ran");
    String command = "touch " + ran;
    PickleBytes[] ways = {
      start().global(parts[0], parts[1]).op('(').text(command).op('t').op('R'),
      start().text(parts[0]).text(parts[1]).raw((byte) 0x93).op('(').text(command).op('t').op('R'),
      start().op('(').text(command).ascii("i" + parts[0] + "\n" + parts[1] + "\n"),
      start().op('(').global(parts[0], parts[1]).text(command).op('o'),
      start().global(parts[0], parts[1]).op(')').raw((byte) 0x81).op('}').op('b'),
      start().global(parts[0], parts[1]).op(')').op('}').raw((byte) 0x92),
      start()
          .op('}')
          .text("w")
          .global("collections", "OrderedDict")
          .op('(')
          .op(']')
          .global(parts[0], parts[1])
          .op(')')
          .op('R')
          .op('a')
          .op('t')
          .op('R')
          .op('s'),
    };
    for (PickleBytes way : ways) {
      String message = refusal(way.end());
      assertTrue(message.contains(expected) && message.contains("Nothing of it was run"), message);
    }
    assertFalse(Files.exists(ran));
  }

  @Test
  void aTextPickle_isRefusedByName() {
    String text = "(S'touch ran'\nios\nsystem\n.";
    assertTrue(refusal(text.getBytes(StandardCharsets.UTF_8)).contains("os.system"));
    text = "cos\nsystem\n(S'touch ran'\ntR.";
    assertTrue(refusal(text.getBytes(StandardCharsets.UTF_8)).contains("os.system"));
  }

  @Test
  void aConstructorThatOthersRegister_isNotReached() {
    Unpickler.registerConstructor("evil", "make", arguments -> "made");
    assertTrue(refusal(start().global("evil", "make").op(')').op('R').end()).contains("evil.make"));
  }

  @Test
  void extensionsBuffersSetsAndObjectsOutside_areRefused() {
    assertTrue(refusal(start().raw((byte) 0x82, (byte) 1).end()).contains("extension"));
    assertTrue(refusal(start().raw((byte) 0x83, (byte) 1, (byte) 0).end()).contains("extension"));
    assertTrue(refusal(start().raw((byte) 0x97).end()).contains("buffer"));
    assertTrue(refusal(start().raw((byte) 0x8f).end()).contains("a set"));
    assertTrue(refusal(start().ascii("Psome/file\n").end()).contains("some/file"));
    assertTrue(refusal(start().text("module").op('Q').end()).contains("\"module\""));
    byte[] module = start().op('(').text("module").text("a").op('t').op('Q').end();
    assertTrue(refusal(module).contains("must be made of (\"storage\", type, key"));
  }

  @Test
  void allowedNames_doNothingElse() {
    assertTrue(
        refusal(start().global("torch", "FloatStorage").op(')').op('R').end())
            .contains("must name a storage, but is called"));
    assertTrue(refusal(start().text("os").op(')').op('R').end()).contains("cannot be called"));
    assertTrue(refusal(start().op(']').op('}').op('b').end()).contains("a state of"));
    assertTrue(refusal(start().op(']').text("k").text("v").op('s').end()).contains("entries of"));
    for (String name : new String[] {"_rebuild_tensor_v2", "_rebuild_parameter"}) {
      byte[] pickle = start().global("torch._utils", name).op('(').text("x").op('t').op('R').end();
      assertTrue(refusal(pickle).contains("must be made of"));
    }
  }

  /** None of these may take memory or time out of proportion to its few bytes. */
  @Test
  void bombs_areRefusedBeforeTheyGrow() {
    byte[] huge = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};
    assertTrue(refusal(start().op('X').raw(huge).end()).contains("2147483647 more bytes"));
    assertTrue(refusal(start().op('T').raw(huge).end()).contains("2147483647 more bytes"));
    assertTrue(refusal(start().op('X').raw(PickleBytes.little(-5)).end()).contains("-5"));
    assertTrue(refusal(start().raw((byte) 0x8b).raw(huge).end()).contains("more bytes"));
    for (byte opcode : new byte[] {(byte) 0x8d, (byte) 0x8e}) {
      assertTrue(refusal(start().raw(opcode).raw(huge).raw(huge).end()).contains("more bytes"));
    }
    assertTrue(refusal(start().ascii("L" + "9".repeat(100_000) + "L\n").end()).contains("line"));
    PickleBytes nested = start().op(']');
    for (int i = 0; i < 60; i++) {
      nested.raw((byte) 'q', (byte) i).op(']').op('(');
      nested.raw((byte) 'h', (byte) i, (byte) 'h', (byte) i).op('e');
    }
    nested.op('q').raw((byte) 99).op('}').raw((byte) 'h', (byte) 99).text("v").op('s');
    assertTrue(refusal(nested.end()).contains("a dictionary with a ArrayList as a key"));
    byte[] self =
        start().op('}').raw((byte) 'q', (byte) 0).text("s").raw((byte) 'h', (byte) 0).op('s').end();
    assertTrue(refusal(self).contains("must hold a state dict of tensors, but holds none"));
  }

  @Test
  void aPickleLongerThanAnyOfWeights_isNotRead() throws IOException {
    byte[] blank = new byte[TorchCheckpoint.LONGEST + 10];
    Arrays.fill(blank, (byte) 'N');
    blank[blank.length - 1] = '.';
    Path file = directory.resolve("long.pt");
    TorchFiles.archive(file, blank, Map.of());
    String message =
        assertThrows(DamagedDataException.class, () -> TorchCheckpoint.read(file)).getMessage();
    assertTrue(message.contains("at most " + TorchCheckpoint.LONGEST), message);
  }
}
