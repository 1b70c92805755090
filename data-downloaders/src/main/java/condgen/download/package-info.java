/**
 * Fetches data sets, checks them, and says where they lie.
 *
 * <p>Start with {@link condgen.download.DataCache}: it answers where the files of a data set are.
 * What exists is written down in {@link condgen.download.Manifest}, one JSON resource per data set.
 * {@link condgen.download.Fetcher} obtains missing files from the {@link condgen.download.Source}s
 * in turn: the cache, the mirrors on the web, the package clients of the system. A file carries its
 * final name only after its length and hashes were found right.
 *
 * <p>{@link condgen.download.FetchCommand} is the command line, {@code data-downloaders/fetch}.
 */
package condgen.download;
