/**
 * How far samples are from data, as numbers.
 *
 * <p>Start with {@link condgen.metrics.FrechetDistance} and {@link condgen.metrics.PrecisionRecall}
 * for images, in the features of a {@link condgen.metrics.FeatureNetwork}; with {@link
 * condgen.metrics.MaximumMeanDiscrepancy} for points of few dimensions. Video: a {@link
 * condgen.metrics.FrameMetric} compares frame with frame, {@link condgen.metrics.BestOf} sums up
 * several futures, {@link condgen.metrics.FrechetVideo} compares sets of clips, and a {@link
 * condgen.metrics.VideoBaseline} is what a model has to beat.
 */
package condgen.metrics;
