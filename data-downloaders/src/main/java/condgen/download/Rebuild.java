package condgen.download;

/**
 * How a file of a data set is made again from a picture and a list of labels, where a package
 * carries the same content in another form.
 *
 * @param format what is made
 * @param labels the path of the labels inside the package, relative, with slashes
 * @param first the number of the first label that belongs to the picture, from 0
 * @param count how many records the file has
 */
public record Rebuild(RecordFormat format, String labels, int first, int count) {}
