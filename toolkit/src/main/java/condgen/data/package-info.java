/**
 * Data sets as arrays.
 *
 * <p>Start with {@link condgen.data.Mnist}: {@code Mnist.train()} gives {@link
 * condgen.data.LabelledImages}, which cuts reproducible minibatches. Nothing here downloads; when a
 * file is missing, the error names the command that fetches it. {@link condgen.data.Idx} reads the
 * files.
 *
 * <p>Made, not read: {@link condgen.data.PlanarData} draws point clouds in the plane, and {@link
 * condgen.data.GaussianMixture} is data whose density and score are known in closed form.
 *
 * <p>Video is a {@link condgen.data.ClipSource}: {@link condgen.data.StochasticMovingMnist} and
 * {@link condgen.data.MovingMnist} make clips of moving digits, {@link condgen.data.WalkingClips}
 * cuts them out of a film of people, and {@link condgen.data.VideoFile} reads any film that FFmpeg
 * decodes.
 *
 * <p>Weights: {@link condgen.data.TorchCheckpoint} reads the files of PyTorch by a closed list of
 * names and runs nothing of them, {@link condgen.data.SafeTensors} and {@link condgen.data.Npz}
 * read two plainer formats, and {@link condgen.data.StrictLoading} gives a network exactly the
 * arrays that its parameters name. {@link condgen.data.PublishedVideoModel} goes from a published
 * file to a model that samples.
 */
package condgen.data;
