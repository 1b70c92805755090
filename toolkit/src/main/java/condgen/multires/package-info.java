/**
 * Images at several resolutions: thesis sections 4.3.1, 4.3.2 and 4.3.4.
 *
 * <p>Start with {@link condgen.multires.PatchSplit}: it takes every 2 × 2 patch apart into three
 * details and the average, and puts it together again. {@link condgen.multires.Decomposition} does
 * so level by level, x → (y₁, …, y₍S₋₁₎, x_S). {@link condgen.multires.ImagePyramid} is the
 * averages alone, and {@link condgen.multires.ResolutionNoise} says what white noise becomes at
 * each level.
 *
 * <pre>{@code
 * Decomposition parts = Decomposition.of(PatchSplit.UNIMODULAR, x, 3); // x is (B, C, 32, 32)
 * NDArray again = parts.compose();
 * }</pre>
 *
 * <p>As in the thesis x₁ is the finest image and x_S the coarsest. The arrays of details have three
 * times the image's channels, first y₁ of all colours, then y₂, then y₃.
 */
package condgen.multires;
