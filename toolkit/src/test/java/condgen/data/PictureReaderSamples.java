package condgen.data;

import condgen.fuzz.ReaderSample;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The samples of picture files, archives of them, and MATLAB files; see {@link ReaderSamples}. */
final class PictureReaderSamples {

  /** Where the first variable of the MATLAB sample begins: eight bytes, then packed ones. */
  private static final int MATLAB_HEAD = 128;

  private PictureReaderSamples() {}

  static List<ReaderSample> all() throws IOException {
    List<ReaderSample> all = new ArrayList<>();
    for (Map.Entry<String, byte[]> picture : pictures().entrySet()) {
      String name = picture.getKey();
      all.add(
          ReaderSample.of(
                  "picture " + name,
                  name,
                  picture.getValue(),
                  file -> PictureDecoder.decode(Files.readAllBytes(file), file.toString()))
              .slow(2));
    }
    all.add(
        picturesOf(
            "Tiny ImageNet, train", "tiny-imagenet.zip", f -> TinyImageNet.open(f, "train")));
    all.add(
        picturesOf("Tiny ImageNet, val", "tiny-imagenet.zip", f -> TinyImageNet.open(f, "val")));
    all.add(picturesOf("ImageNet, tar of tars", "imagenet-train.tar", ImageNet::openTraining));
    all.add(picturesOf("ImageNet, small", "imagenet-small.tar", ImageNetSmall::open));
    Map<String, byte[]> validation = new LinkedHashMap<>();
    validation.put("val.tar", bytes("imagenet-val.tar"));
    validation.put("kit.tar.gz", bytes("imagenet-devkit.tar.gz"));
    all.add(
        ReaderSample.of(
                "ImageNet, val and devkit",
                validation,
                d ->
                    readAll(
                        () ->
                            ImageNet.openValidation(d.resolve("val.tar"), d.resolve("kit.tar.gz"))))
            .slow(2));
    byte[] matlab = bytes("svhn.mat");
    all.add(ReaderSample.of("MATLAB", "x.mat", matlab, MatFile::read));
    all.add(ReaderSample.of("SVHN", "x.mat", matlab, file -> Svhn.read(file, "svhn")));
    all.add(
        ReaderSample.of("MATLAB, variables well packed", "x.mat", unpacked(matlab), MatFile::read)
            .packed(PictureReaderSamples::packed));
    return all;
  }

  private interface Opening {
    PictureSet open(Path file) throws IOException;
  }

  private interface Opened {
    PictureSet open() throws IOException;
  }

  private static ReaderSample picturesOf(String name, String file, Opening opening)
      throws IOException {
    return ReaderSample.of(name, file, bytes(file), f -> readAll(() -> opening.open(f))).slow(2);
  }

  private static void readAll(Opened opening) throws IOException {
    try (PictureSet set = opening.open()) {
      for (int i = 0; i < set.size(); i++) {
        set.picture(i);
      }
    }
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(ImageSamples.file(name));
  }

  /** The pictures of the sample by name, the smallest of each kind. */
  private static Map<String, byte[]> pictures() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(ImageSamples.file("pictures.zip"));
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        if (!e.isDirectory() && content.length < 4000) {
          all.put(e.getName().replace('/', '-'), content);
        }
      }
    }
    return all;
  }

  /** The head of the file and its first variable as it is inside its compression. */
  private static byte[] unpacked(byte[] file) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, MATLAB_HEAD);
    InputStream packed =
        new ByteArrayInputStream(file, MATLAB_HEAD + 8, file.length - MATLAB_HEAD - 8);
    new InflaterInputStream(packed).transferTo(out);
    return out.toByteArray();
  }

  private static byte[] packed(byte[] content) {
    if (content.length < MATLAB_HEAD) {
      return content;
    }
    Deflater deflater = new Deflater();
    deflater.setInput(content, MATLAB_HEAD, content.length - MATLAB_HEAD);
    deflater.finish();
    byte[] buffer = new byte[content.length + 100];
    int length = deflater.deflate(buffer);
    deflater.end();
    ByteBuffer file = ByteBuffer.allocate(MATLAB_HEAD + 8 + length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(content, 0, MATLAB_HEAD).putInt(15).putInt(length).put(buffer, 0, length);
    return file.array();
  }
}
