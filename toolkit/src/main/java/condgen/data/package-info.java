/**
 * Data sets as arrays.
 *
 * <p>Start with {@link condgen.data.Mnist}: {@code Mnist.train()} gives {@link
 * condgen.data.LabelledImages}, which cuts reproducible minibatches. Nothing here downloads; when a
 * file is missing, the error names the command that fetches it. {@link condgen.data.Idx} reads the
 * files.
 *
 * <p>{@link condgen.data.Data} names the data sets. Small ones lie in memory ({@link
 * condgen.data.LabelledImages}); pictures of any size stay in their folder or archive, whose
 * members {@link condgen.data.Members} reads one at a time, and are a {@link
 * condgen.data.PictureSet}; what is done to them is a {@link condgen.data.Preparation}, with the
 * filters of {@link condgen.data.ImageResize}. {@link condgen.data.MatFile} reads MATLAB's files.
 * {@link condgen.data.Unfamiliar} is what a model was not trained on.
 *
 * <p>Made, not read: {@link condgen.data.PlanarData} draws point clouds in the plane, and {@link
 * condgen.data.GaussianMixture} is data whose density and score are known in closed form.
 *
 * <p>Video is a {@link condgen.data.ClipSource}: {@link condgen.data.StochasticMovingMnist} and
 * {@link condgen.data.MovingMnist} make clips of moving digits, {@link condgen.data.WalkingClips}
 * cuts them out of a film of people, and {@link condgen.data.VideoFile} reads any film that FFmpeg
 * decodes. {@link condgen.data.VideoClips} cuts clips, as the released code of the thesis does, out
 * of any {@link condgen.data.VideoSet}: {@link condgen.data.Kth}, {@link condgen.data.Ucf101},
 * {@link condgen.data.Cityscapes}, {@link condgen.data.BairVideos}, the HDF5 files that the authors
 * prepared ({@link condgen.data.PreparedVideos}), or films of your own ({@link
 * condgen.data.FilmVideos}).
 *
 * <p>Movement: {@link condgen.data.MotionCapture} has recordings that need no account, read by
 * {@link condgen.data.Bvh} and {@link condgen.data.MarkerMotion}; {@link condgen.data.Amass},
 * {@link condgen.data.Human36mBodies} and {@link condgen.data.SmplFiles} read what a user has
 * obtained under the licences of those sets.
 *
 * <p>Weights: {@link condgen.data.TorchCheckpoint} reads the files of PyTorch by a closed list of
 * names and runs nothing of them, {@link condgen.data.SafeTensors} and {@link condgen.data.Npz}
 * read two plainer formats, and {@link condgen.data.StrictLoading} gives a network exactly the
 * arrays that its parameters name. {@link condgen.data.PublishedVideoModel} goes from a published
 * file to a model that samples.
 */
package condgen.data;
