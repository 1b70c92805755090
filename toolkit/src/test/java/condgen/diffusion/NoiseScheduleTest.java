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
}
