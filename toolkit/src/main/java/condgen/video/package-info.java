/**
 * Video as blocks of frames, thesis section 7.2: one diffusion model that predicts, generates,
 * interpolates, and predicts the past.
 *
 * <ul>
 *   <li>{@link condgen.video.FrameWindow}: which frames of a clip are past, current and future, and
 *       how they lie in the channels of a network.
 *   <li>{@link condgen.video.FrameMask}: which of the conditioning blocks the network may see; the
 *       four masks are the four tasks. {@link condgen.video.MaskDistribution} draws them in
 *       training.
 *   <li>{@link condgen.video.ConditionalNoisePredictor}: a noise predictor that also sees frames;
 *       {@code predictor.given(frames)} is one of chapter 2's, so that all its samplers work.
 *   <li>{@link condgen.video.VideoNoiseMatching}: the loss.
 *   <li>{@link condgen.video.VideoModel}: a trained network, one call for each {@link
 *       condgen.video.VideoTask}; {@link condgen.video.BlockwiseRollout} makes videos of any
 *       length.
 * </ul>
 *
 * <p>A clip has shape (batch, frames, channels, height, width) and values in [−1, 1]. Noise acts on
 * the current frames only, and any {@link condgen.noise.GaussianNoise} will do.
 */
package condgen.video;
