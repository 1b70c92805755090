package condgen.diffusion;

import static org.junit.jupiter.api.Assertions.*;

import condgen.thesis.Equation;
import org.junit.jupiter.api.Test;

class NoiseScheduleTest {

  @Test
  @Equation({"2.4.3", "2.4.4"})
  void alphaBar_isWhatTheChainOfTransitionsGives() {
    NoiseSchedule schedule = NoiseSchedule.ddpm();
    double mean = 1;
    double variance = 0;
    for (int t = 1; t <= schedule.steps(); t++) {
      mean *= Math.sqrt(1 - schedule.beta(t));
      variance = (1 - schedule.beta(t)) * variance + schedule.beta(t);
      assertEquals(Math.sqrt(schedule.alphaBar(t)), mean, 1e-14);
      assertEquals(1 - schedule.alphaBar(t), variance, 1e-13);
    }
    assertEquals(4.0358e-05, schedule.alphaBar(1000), 1e-9, "the published schedule's last value");
  }

  @Test
  void ddpm_withFewerSteps_endsAtNearlyTheSameNoise() {
    for (int steps : new int[] {100, 300}) {
      double few = Math.log(NoiseSchedule.ddpm(steps).alphaBar(steps));
      double all = Math.log(NoiseSchedule.ddpm().alphaBar(1000));
      assertEquals(all, few, 0.1 * Math.abs(all));
    }
  }

  @Test
  @Equation("2.4.21")
  void betaTilde_isZeroAtTheFirstStep_andBelowBeta() {
    NoiseSchedule schedule = NoiseSchedule.ddpm(50);
    assertEquals(0, schedule.betaTilde(1));
    for (int t = 2; t <= 50; t++) {
      assertTrue(schedule.betaTilde(t) < schedule.beta(t));
    }
  }

  @Test
  void of_badBeta_namesTheStep() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.of(0.1, 1.5));
    assertTrue(error.getMessage().contains("1.5 at step 2"));
    assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.linear(1, 0.1, 0.2));
    assertThrows(IllegalArgumentException.class, NoiseSchedule::of);
  }

  @Test
  void beta_outsideTheSteps_namesTheRange() {
    NoiseSchedule schedule = NoiseSchedule.ddpm(50);
    assertEquals(1, schedule.alphaBar(0));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> schedule.beta(0));
    assertTrue(error.getMessage().contains("from 1 to 50, but is 0"));
    assertThrows(IllegalArgumentException.class, () -> schedule.alphaBar(51));
  }

  @Test
  void cosine_followsTheSquaredCosine_withEveryBetaBetweenZeroAndOne() {
    NoiseSchedule schedule = NoiseSchedule.cosine(1000);
    double start = Math.pow(Math.cos(0.008 / 1.008 * Math.PI / 2), 2);
    for (int t : new int[] {1, 250, 500, 999}) {
      double expected = Math.pow(Math.cos((t / 1000.0 + 0.008) / 1.008 * Math.PI / 2), 2) / start;
      assertEquals(expected, schedule.alphaBar(t), 1e-4 * expected);
    }
    assertEquals(1.91e-15, schedule.alphaBar(1000), 1e-17, "the recorded value");
    for (int steps : new int[] {1, 2, 10, 1000}) {
      NoiseSchedule cosine = NoiseSchedule.cosine(steps);
      double product = 1;
      for (int t = 1; t <= steps; t++) {
        assertTrue(cosine.beta(t) > 0 && cosine.beta(t) < 1);
        product *= 1 - cosine.beta(t);
        assertEquals(cosine.alphaBar(t), product, 1e-15);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.cosine(0));
  }

  @Test
  void fromSigmas_givesTheScalesAsRatioOfNoiseToSignal() {
    NoiseSchedule schedule = NoiseSchedule.fromSigmas(0.01, 0.3, 50);
    double[] sigmas = {0, 0.01, 0.3, 50};
    for (int t = 0; t <= 3; t++) {
      double alphaBar = schedule.alphaBar(t);
      assertEquals(sigmas[t], Math.sqrt((1 - alphaBar) / alphaBar), 1e-10);
    }
    assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.fromSigmas(0.3, 0.3));
    assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.fromSigmas(0, 0.3));
    assertThrows(IllegalArgumentException.class, NoiseSchedule::fromSigmas);
  }

  @Test
  void subsequence_keepsTheLevels_andTellsTheirSteps() {
    NoiseSchedule full = NoiseSchedule.ddpm();
    NoiseSchedule some = full.subsequence(3, 4, 700, 1000);
    int[] steps = {0, 3, 4, 700, 1000};
    for (int t = 0; t <= 4; t++) {
      assertEquals(full.alphaBar(steps[t]), some.alphaBar(t));
      assertEquals(steps[t], some.label(t));
    }
    assertEquals(1 - full.alphaBar(700) / full.alphaBar(4), some.beta(3), 1e-15);
    NoiseSchedule again = some.subsequence(2, 4);
    assertEquals(4, again.label(1));
    assertSame(full, again.full());
    assertSame(full, full.full());
    assertEquals(full.alphaBar(1000), again.alphaBar(2));
    assertThrows(IllegalArgumentException.class, () -> full.subsequence(5, 5));
    assertThrows(IllegalArgumentException.class, () -> full.subsequence(0, 5));
    assertThrows(IllegalArgumentException.class, full::subsequence);
  }

  @Test
  void every_countsDownFromTheLastStep() {
    NoiseSchedule full = NoiseSchedule.ddpm(50);
    NoiseSchedule some = full.every(20);
    assertEquals(3, some.steps());
    assertEquals(10, some.label(1));
    assertEquals(50, some.label(3));
    assertEquals(1, full.every(50).steps());
    assertEquals(50, full.every(1).steps());
    assertThrows(IllegalArgumentException.class, () -> full.every(0));
  }

  @Test
  void alphaBarBetween_isTheGeometricMeanHalfWay_andExactAtTheSteps() {
    NoiseSchedule schedule = NoiseSchedule.ddpm(50);
    assertEquals(schedule.alphaBar(7), schedule.alphaBarBetween(7));
    assertEquals(1, schedule.alphaBarBetween(0));
    double half = Math.sqrt(schedule.alphaBar(7) * schedule.alphaBar(8));
    assertEquals(half, schedule.alphaBarBetween(7.5), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> schedule.alphaBarBetween(50.5));
    assertThrows(IllegalArgumentException.class, () -> schedule.alphaBarBetween(Double.NaN));
  }
}
