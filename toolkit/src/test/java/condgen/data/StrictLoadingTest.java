package condgen.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import condgen.nn.Layer;
import condgen.nn.PointNetwork;
import condgen.tensor.Scope;
import condgen.tensor.Seeds;
import condgen.tensor.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrictLoadingTest {

  private final Layer network = new PointNetwork(2, 8, 1);

  /** The network's own values in reverse order, some of them float64. */
  private Map<String, StoredArray> stored(NDList theta) {
    List<StoredArray> arrays = new ArrayList<>();
    for (NDArray array : theta) {
      NDArray some = arrays.size() % 2 == 0 ? array : array.toType(DataType.FLOAT64, true);
      arrays.add(StoredArray.of(array.getName(), some));
    }
    Collections.reverse(arrays);
    Map<String, StoredArray> map = new LinkedHashMap<>();
    arrays.forEach(array -> map.put(array.name(), array));
    return map;
  }

  @Test
  void values_comeInTheOrderOfTheNetwork() {
    try (Scope scope = Scope.open()) {
      NDList theta = network.initialize(Seeds.of(3));
      NDList loaded = StrictLoading.into(network, stored(theta));
      assertEquals(theta.size(), loaded.size());
      for (int i = 0; i < theta.size(); i++) {
        assertEquals(theta.get(i).getName(), loaded.get(i).getName());
        assertEquals(DataType.FLOAT32, loaded.get(i).getDataType());
        assertEquals(theta.get(i).getShape(), loaded.get(i).getShape());
        assertArrayEquals(Tensors.toFloats(theta.get(i)), Tensors.toFloats(loaded.get(i)));
      }
    }
  }

  @Test
  void allThatDoesNotFit_isReportedAtOnce() {
    try (Scope scope = Scope.open()) {
      Map<String, StoredArray> stored = stored(network.initialize(Seeds.of(3)));
      stored.remove("in.weight");
      stored.remove("out.bias");
      stored.put("in.kernel", StoredArray.ofFloats("in.kernel", new float[2], 2));
      stored.put("in.bias", StoredArray.ofFloats("in.bias", new float[9], 3, 3));
      stored.put("out.weight", StoredArray.ofLongs("out.weight", new long[16], 2, 8));
      String message =
          assertThrows(IllegalArgumentException.class, () -> StrictLoading.into(network, stored))
              .getMessage();
      assertTrue(message.contains("of PointNetwork"), message);
      assertTrue(message.contains("2 are missing (in.weight, out.bias)"), message);
      assertTrue(message.contains("1 are unexpected (in.kernel)"), message);
      assertTrue(message.contains("2 have another shape"), message);
      assertTrue(message.contains("in.bias (3, 3) instead of (8)"), message);
      assertTrue(message.contains("out.weight I64 instead of floating numbers"), message);
    }
  }

  @Test
  void manyStrangeKeys_areShortened() {
    Map<String, StoredArray> stored = new LinkedHashMap<>();
    for (int i = 0; i < 1000; i++) {
      stored.put("key" + i, StoredArray.ofFloats("key" + i, new float[1], 1));
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> StrictLoading.into(network, stored))
            .getMessage();
    assertTrue(message.contains("1000 are unexpected (key0, key1, "), message);
    assertTrue(message.contains("key5 and 994 more)") && message.length() < 600, message);
  }

  @Test
  void prefixesAndBuffers_areTakenAway() {
    StoredArray array = StoredArray.ofFloats("module.w", new float[] {5}, 1);
    Map<String, StoredArray> stored = new LinkedHashMap<>();
    stored.put("module.betas", array);
    stored.put("module.w", array);
    Map<String, StoredArray> plain = StrictLoading.stripped(stored, "module.");
    assertEquals(List.of("betas", "w"), List.copyOf(plain.keySet()));
    assertEquals("w", plain.get("w").name());
    assertArrayEquals(new float[] {5}, plain.get("w").floats());
    assertEquals(List.of("w"), List.copyOf(StrictLoading.without(plain, "betas").keySet()));
    assertFalse(plain.containsKey("module.w"));
    stored.put("w", array);
    assertThrows(IllegalArgumentException.class, () -> StrictLoading.stripped(stored, "module."));
  }
}
