package condgen.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The operators of one evaluation in order, so that a cotangent can be carried back through them.
 */
final class Tape {

  private record Entry(Rule rule, Dual[] operands, NDArray[] x, Dual result) {}

  private final List<Entry> entries = new ArrayList<>();

  void record(Rule rule, Dual[] operands, NDArray[] x, Dual result) {
    entries.add(new Entry(rule, operands.clone(), x, result));
  }

  /** Jᵀ·e of {@code output} for {@code input}; null when the output does not depend on it. */
  NDArray pull(Dual output, NDArray e, Dual input) {
    Map<Dual, Boolean> depends = new IdentityHashMap<>();
    depends.put(input, true);
    for (Entry entry : entries) {
      for (Dual operand : entry.operands) {
        if (depends.containsKey(operand)) {
          depends.put(entry.result, true);
        }
      }
    }
    Map<Dual, NDArray> cotangents = new IdentityHashMap<>();
    cotangents.put(output, e);
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      NDArray cotangent = cotangents.get(entry.result);
      if (cotangent == null || !depends.containsKey(entry.result)) {
        continue;
      }
      for (int k = 0; k < entry.operands.length; k++) {
        if (depends.containsKey(entry.operands[k])) {
          NDArray part = entry.rule.vjp(entry.x, entry.result.value(), cotangent, k);
          cotangents.merge(entry.operands[k], part, NDArray::add);
        }
      }
    }
    return cotangents.get(input);
  }
}
