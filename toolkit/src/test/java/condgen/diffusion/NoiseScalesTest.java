package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

class NoiseScalesTest {

  @Test
  @Equation("2.5.7-text")
  void growth_ofAGeometricSeries_isOneNumberAboveOne_andTheTextsGammaItsInverse() {
    NoiseScales scales = NoiseScales.geometric(10, 0.01, 1);
    assertEquals(0.01, scales.smallest());
    assertEquals(1, scales.largest());
    assertEquals(0, scales.sigma(0));
    double gamma = Math.pow(100, 1 / 9.0);
    assertEquals(1.668, gamma, 1e-3);
    for (int i = 2; i <= 10; i++) {
      assertEquals(gamma, scales.growth(i), 1e-13);
      assertEquals(0.599, scales.sigma(i - 1) / scales.sigma(i), 1e-3);
    }
    double eta = 0.5;
    double kept = gamma * gamma * (1 - eta) * (1 - eta);
    double own = 1 - kept;
    double texts = 1 - Math.pow((1 - eta) / gamma, 2);
    assertEquals(1, kept + own, 1e-12, "gamma of 2.5.11 keeps the variance of each level");
    assertEquals(1.606, kept + texts, 1e-3, "gamma of the text before 2.5.7 does not");
    assertEquals(
        Math.sqrt(own), new ConsistentSampler(new ScaledNoise(scales), eta).beta(7), 1e-12);
  }

  @Test
  void of_keepsTheNumbers_andAnySeriesMayRise() {
    NoiseScales scales = NoiseScales.of(0.1, 0.4, 50);
    assertEquals(3, scales.levels());
    assertEquals(0.4, scales.sigma(2));
    assertEquals(125, scales.growth(3), 1e-12);
    assertEquals("3 scales, sigma from 0.1000 to 50.00", scales.toString());
  }

  @Test
  void badScales_areRefused() {
    assertThrows(IllegalArgumentException.class, NoiseScales::of);
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.of(0, 1));
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.of(1, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.of(1, Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.geometric(1, 0.1, 1));
    assertThrows(IllegalArgumentException.class, () -> NoiseScales.geometric(5, 1, 0.1));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> NoiseScales.of(1, 0.5));
    assertTrue(error.getMessage().contains("level 2 is 0.5 after 1.0"), error.getMessage());
    NoiseScales scales = NoiseScales.of(1, 2);
    assertThrows(IllegalArgumentException.class, () -> scales.sigma(3));
    assertThrows(IllegalArgumentException.class, () -> scales.growth(1));
  }
}
