/**
 * Denoising diffusion, thesis sections 2.4, 2.5, 6.2 and 6.3: from data to noise and back.
 *
 * <ul>
 *   <li>{@link condgen.diffusion.NoiseSchedule}: β, ᾱ and β̃ for steps 1 … L.
 *   <li>{@link condgen.diffusion.ForwardProcess}: diffusing, scores, the posterior of a step.
 *   <li>{@link condgen.diffusion.NoiseMatching}: the loss a network is trained with; with noise
 *       that is not white, a {@link condgen.diffusion.LossWeight} says which errors count.
 *   <li>{@link condgen.diffusion.AncestralSampler}: from noise to samples; {@link
 *       condgen.diffusion.DdimSampler} and {@link condgen.diffusion.FpndmSampler} in fewer steps. A
 *       sub-sequence of steps is a schedule: {@link condgen.diffusion.NoiseSchedule#every}.
 *   <li>{@link condgen.diffusion.ReleasedSampling}: the samplers as released for chapter 7, with
 *       their schedules, labels and peculiarities.
 *   <li>{@link condgen.diffusion.NoiseScales}, {@link condgen.diffusion.ScaledNoise} and {@link
 *       condgen.diffusion.ScoreMatching}: the same for score matching with Langevin dynamics, with
 *       two samplers, {@link condgen.diffusion.LangevinSampler} and {@link
 *       condgen.diffusion.ConsistentSampler}.
 *   <li>In continuous time: a {@link condgen.diffusion.DiffusionSde} ({@link
 *       condgen.diffusion.VariancePreserving}, {@link condgen.diffusion.VarianceExploding}) with a
 *       {@link condgen.diffusion.ScoreFunction}; {@link condgen.diffusion.SdeSampler} samples, and
 *       {@link condgen.diffusion.ProbabilityFlow} gives the likelihood.
 *   <li>{@link condgen.diffusion.SamplerObserver}: sees the steps of any sampler.
 * </ul>
 *
 * <p>Steps are numbered as in the thesis: t = 0 is clean data, t = L is nearly pure noise. Every
 * class takes a {@link condgen.noise.GaussianNoise}; with white noise the formulas are those of
 * chapter 2, with any other those of chapter 6.
 */
package condgen.diffusion;
