package condgen.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads a pickle in which only the names of a closed list mean anything. A pickle is a program that
 * may name any function of Python and call it; here a name is looked up in the given list alone,
 * never in the library's own registry, and a name that is not there ends the reading before
 * anything is made. The constructors of the list build dictionaries and descriptions of tensors; no
 * class is found by a name from the file.
 *
 * <p>Dictionaries keep their order. A text that claims to be longer than what is left of the pickle
 * is refused before memory is taken for it. Keys may only be texts and numbers, so that no nested
 * key makes hashing endless.
 */
final class ClosedUnpickler extends Unpickler {

  private static final int LONGEST_LINE = 4096;

  /** Finds what lies outside the pickle. */
  @FunctionalInterface
  interface Outside {
    /** What an identifier stands for. */
    Object find(Object[] identifier) throws DamagedDataException;
  }

  /** What a constructor of the list made, and that takes a state afterwards. */
  interface Buildable {
    /** Takes the state; a {@link PickleError} refuses it. */
    void build(Object state);
  }

  private final String file;
  private final Map<String, IObjectConstructor> allowed;
  private final Outside outside;
  private ByteArrayInputStream pickle;

  /**
   * @param file what to call it in messages
   * @param allowed what the names {@code module.name} construct
   * @param outside what the identifiers of objects outside the pickle stand for
   */
  ClosedUnpickler(String file, Map<String, IObjectConstructor> allowed, Outside outside) {
    this.file = file;
    this.allowed = allowed;
    this.outside = outside;
  }

  /**
   * Reads one pickle, up to and with its end mark.
   *
   * @throws DamagedDataException if it is none, is truncated, or asks for what is not allowed
   */
  Object read(ByteArrayInputStream bytes) throws DamagedDataException {
    pickle = bytes;
    try {
      return load(bytes);
    } catch (DamagedDataException e) {
      throw e;
    } catch (PickleError e) {
      String message = e.getMessage();
      throw message.contains(file)
          ? e.damage()
          : new DamagedDataException(file + ": " + message, e);
    } catch (IOException | RuntimeException e) {
      throw new DamagedDataException(file + " must hold a whole pickle, but has: " + e, e);
    }
  }

  @Override
  protected Object dispatch(short opcode) throws IOException {
    if (!isNamed(opcode) && !isDictionary(opcode)) {
      requireBounded(opcode);
      return super.dispatch(opcode);
    }
    return NO_RETURN_VALUE;
  }

  /**
   * The opcodes that name something, make something of what was named, or call it; quoted texts.
   */
  private boolean isNamed(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.GLOBAL -> stack.add(constructor(line(), line()));
      case Opcodes.STACK_GLOBAL -> {
        Object name = stack.pop();
        stack.add(constructor(stack.pop(), name));
      }
      case Opcodes.INST -> {
        IObjectConstructor constructor = constructor(line(), line());
        stack.add(constructor.construct(stack.pop_all_since_marker().toArray()));
      }
      case Opcodes.REDUCE, Opcodes.NEWOBJ -> {
        Object arguments = stack.pop();
        stack.add(call(stack.pop(), arguments));
      }
      case Opcodes.BUILD -> build(stack.pop(), stack.peek());
      case Opcodes.STRING -> stack.add(QuotedText.read(pickle, file));
      case Opcodes.BINPERSID -> stack.add(outside(stack.pop()));
      case Opcodes.PERSID -> stack.add(outside(line()));
      case Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 ->
          throw refused("an extension by its number (opcode " + opcode + ")");
      case Opcodes.OBJ, Opcodes.NEWOBJ_EX ->
          throw refused("an object by opcode " + (char) opcode + " (" + opcode + ")");
      default -> {
        return false;
      }
    }
    return true;
  }

  private IObjectConstructor constructor(Object module, Object name) throws DamagedDataException {
    String both = module + "." + name;
    IObjectConstructor constructor =
        module instanceof String && name instanceof String ? allowed.get(both) : null;
    if (constructor == null) {
      throw refused(both);
    }
    return constructor;
  }

  private Object call(Object function, Object arguments) throws DamagedDataException {
    if (!(function instanceof IObjectConstructor) || !(arguments instanceof Object[])) {
      throw refused("a call of what cannot be called");
    }
    return ((IObjectConstructor) function).construct((Object[]) arguments);
  }

  private Object outside(Object identifier) throws DamagedDataException {
    if (!(identifier instanceof Object[])) {
      throw refused("the object outside the pickle " + shortText(identifier));
    }
    return outside.find((Object[]) identifier);
  }

  /** What a dictionary carries besides its entries (versions of modules) is not needed. */
  private void build(Object state, Object target) throws DamagedDataException {
    if (target instanceof Buildable buildable) {
      buildable.build(state);
      return;
    }
    if (!(target instanceof Map) || !(state instanceof Map)) {
      throw refused("a state of what is no dictionary");
    }
  }

  private boolean isDictionary(short opcode) throws DamagedDataException {
    switch (opcode) {
      case Opcodes.EMPTY_DICT -> stack.add(new LinkedHashMap<>());
      case Opcodes.DICT -> {
        List<Object> items = stack.pop_all_since_marker();
        stack.add(new LinkedHashMap<>());
        putAll(items);
      }
      case Opcodes.SETITEM -> {
        Object value = stack.pop();
        putAll(Arrays.asList(stack.pop(), value));
      }
      case Opcodes.SETITEMS -> putAll(stack.pop_all_since_marker());
      default -> {
        return false;
      }
    }
    return true;
  }

  private void putAll(List<Object> items) throws DamagedDataException {
    if (!(stack.peek() instanceof LinkedHashMap<?, ?>)) {
      throw refused("entries of what is no dictionary");
    }
    @SuppressWarnings("unchecked")
    Map<Object, Object> map = (Map<Object, Object>) stack.peek();
    for (int i = 0; i < items.size(); i += 2) {
      map.put(requireKey(items.get(i)), items.get(i + 1));
    }
  }

  /**
   * A key of a dictionary: a text or a number.
   *
   * @throws DamagedDataException if it is anything else
   */
  Object requireKey(Object key) throws DamagedDataException {
    if (!(key instanceof String) && !(key instanceof Number) && !(key instanceof Boolean)) {
      throw refused("a dictionary with " + shortText(key) + " as a key");
    }
    return key;
  }

  private void requireBounded(short opcode) throws IOException {
    switch (opcode) {
      case Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4 ->
          requireCount(Integer.BYTES);
      case Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8 -> requireCount(Long.BYTES);
      case Opcodes.INT, Opcodes.LONG, Opcodes.FLOAT, Opcodes.GET, Opcodes.PUT -> requireLine();
      case Opcodes.EMPTY_SET, Opcodes.ADDITEMS, Opcodes.FROZENSET -> throw refused("a set");
      case Opcodes.NEXT_BUFFER, Opcodes.READONLY_BUFFER -> throw refused("a buffer");
      default -> {
        return;
      }
    }
  }

  /** The little-endian count that comes next must not exceed what is left. */
  private void requireCount(int width) throws DamagedDataException {
    pickle.mark(0);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int read = pickle.read(bytes.array(), 0, width);
    long count = width == Long.BYTES ? bytes.getLong() : bytes.getInt();
    if (read < width || count < 0 || count > pickle.available()) {
      throw new DamagedDataException(
          "%s: the pickle must hold %d more bytes, but holds %d"
              .formatted(file, count, pickle.available()));
    }
    pickle.reset();
  }

  /** Numbers as decimal texts take time that grows faster than their length. */
  private void requireLine() throws IOException {
    pickle.mark(0);
    line();
    pickle.reset();
  }

  private String line() throws IOException {
    String line = PickleUtils.readline(pickle);
    if (line.length() > LONGEST_LINE) {
      throw new DamagedDataException(
          "%s: a line of the pickle must have at most %d characters, but has %d"
              .formatted(file, LONGEST_LINE, line.length()));
    }
    return line;
  }

  private static String shortText(Object value) {
    if (value instanceof String text) {
      return "\"" + text.substring(0, Math.min(80, text.length())) + "\"";
    }
    return value == null ? "None" : "a " + value.getClass().getSimpleName();
  }

  /** The refusal of something by its name. */
  DamagedDataException refused(String what) {
    return new DamagedDataException(
        "%s was refused: its pickle asks for %s, and only %s are allowed. Nothing of it was run."
            .formatted(file, what, new TreeSet<>(allowed.keySet())));
  }
}
