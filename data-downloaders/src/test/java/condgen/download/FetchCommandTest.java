package condgen.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {
  @TempDir Path directory;
  private final StringWriter err = new StringWriter();
  private String out = "";

  private int run(String... args) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      return FetchCommand.commandLine().setErr(new PrintWriter(err)).execute(args);
    } finally {
      System.setOut(before);
      out = bytes.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void fetch_unknownSet_isAUsageErrorThatListsTheKnown() {
    assertEquals(2, run("mnist", "nope", "--dir", directory.toString()));
    assertTrue(
        err.toString()
            .startsWith(
                "fetch: unknown data set 'nope'; known are: cifar10, fashion-mnist, imagenet,"),
        err.toString());
    assertEquals(
        0, directory.toFile().list().length, "nothing is fetched before all names are known");
  }

  @Test
  void fetch_noNameOrUnknownOption_isAUsageError() {
    assertEquals(2, run());
    assertTrue(err.toString().startsWith("name at least one data set"), err.toString());
    assertEquals(2, run("mnist", "--ofline"));
  }

  @Test
  void help_namesTheLayout() {
    assertEquals(0, run("--help"));
    assertTrue(out.contains("D/DATA-SET/FILE"), out);
  }

  @Test
  void list_emptyDirectory_showsTheSets() {
    assertEquals(0, run("list", "--dir", directory.toString()));
    assertTrue(out.matches("(?s).*\\nmnist +- +- +55.0 MB +none .*"), out);
    assertTrue(out.matches("(?s).*\\ncifar10 +- +- +184.4 MB +none .*"), out);
    assertTrue(out.matches("(?s).*\\nalexnet +- +- +~240.0 MB +none .*"), out);
    assertTrue(out.matches("(?s).*\\ncityscapes +- +- +~324.0 GB +login .*"), out);
    assertTrue(out.matches("(?s).*\\nsmpl +- +- +\\? +manual .*"), out);
  }

  @Test
  void verify_missingAndDamagedFiles_fails() throws Exception {
    assertEquals(0, run("verify", "--dir", directory.toString()));
    Path set = Files.createDirectories(directory.resolve("mnist"));
    Files.write(set.resolve("t10k-labels-idx1-ubyte"), new byte[10_008]);
    assertEquals(1, run("verify", "mnist", "--dir", directory.toString()));
    assertTrue(out.contains("mnist/train-images-idx3-ubyte: missing from"), out);
    assertTrue(
        out.strip().endsWith("not right: mnist; mend with: data-downloaders/fetch mnist"), out);
    assertTrue(
        out.contains("mnist/t10k-labels-idx1-ubyte: damaged: expected SHA-256 ff7bcfd4"), out);
  }

  @Test
  void fetch_directoryCannotBeCreated_failsWithItsName() throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[1]);
    assertEquals(4, run("mnist", "--offline", "--dir", file.toString()));
    assertTrue(err.toString().startsWith("fetch: cannot create the directory"), err.toString());
  }

  @Test
  void list_ofOneSet_tellsLicenceGateSplitsAndFiles() {
    assertEquals(0, run("list", "kth", "amass", "--dir", directory.toString()));
    for (String part :
        List.of(
            "gate     none",
            "licence  none stated; research use",
            "test: person21, person22, person23, person24, person25",
            "offline  walking: real film of walking people of a fixed camera, not KTH",
            "walking.zip, about 242.0 MB, becomes walking/",
            "by hand  Make an account at https://amass.is.tue.mpg.de",
            "validation: HumanEva, HDM05, SFU, MoSh",
            "option   KIT.tar.bz2")) {
      assertTrue(out.contains(part), part + " in\n" + out);
    }
    assertEquals(0, run("list", "mnist", "--json", "--dir", directory.toString()));
    assertEquals(
        "-",
        com.google.gson.JsonParser.parseString(out)
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject()
            .get("state")
            .getAsString());
  }

  @Test
  void where_printsThePathAndTellsWhetherItIsThere() throws Exception {
    assertEquals(0, run("where", "--dir", directory.toString()));
    assertEquals(directory.toAbsolutePath().toString(), out.strip());
    assertEquals(1, run("where", "lpips/alex.pth", "--dir", directory.toString()));
    Path file = directory.resolve("lpips").resolve("alex.pth");
    assertEquals(file.toAbsolutePath().toString(), out.strip());
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[1]);
    assertEquals(0, run("where", "lpips", "--dir", directory.toString()));
    assertEquals(2, run("where", "lpips/nothing", "--dir", directory.toString()));
    assertTrue(err.toString().contains("lpips/alex.pth"), err.toString());
  }

  @Test
  void fetch_manualSet_saysWhatToDoAndTakesWhatIsDropped() throws Exception {
    assertEquals(3, run("amass", "--dir", directory.toString()));
    assertTrue(
        err.toString().contains("Make an account at https://amass.is.tue.mpg.de"), err.toString());
    assertEquals(3, run("imagenet/ILSVRC2012_img_val.tar", "--dir", directory.toString()));
    assertTrue(
        err.toString().contains("Put ILSVRC2012_img_val.tar into " + directory.resolve("imagenet")),
        err.toString());
    Path from = Files.createDirectories(directory.resolve("downloads"));
    Files.write(from.resolve("annots.npz"), new byte[] {1, 2, 3});
    assertEquals(
        0,
        run("human36m", "--from", from.toString(), "--dir", directory.toString()),
        err.toString());
    assertTrue(out.contains("this first download is not authenticated"), out);
    assertTrue(Files.exists(directory.resolve("human36m").resolve("annots.npz")));
    assertTrue(Files.exists(from.resolve("annots.npz")), "the user's own file stays");
    assertEquals(2, run("human36m", "--from", directory.resolve("none").toString()));
  }

  @Test
  void fetch_termsNotAccepted_isRefusedWithTheTerms() {
    assertEquals(3, run("tiny-imagenet", "--offline", "--dir", directory.toString()));
    assertTrue(err.toString().contains("has terms that you have to accept"), err.toString());
    assertTrue(err.toString().contains("fetch tiny-imagenet --accept"), err.toString());
  }

  @Test
  void ownEntry_isFetchedWithoutAnyCode() throws Exception {
    byte[] content = "numbers".getBytes(StandardCharsets.UTF_8);
    Path own = Files.createDirectories(directory.resolve("manifest")).resolve("mine.json");
    Files.writeString(
        own,
        """
        {"id": "mine", "title": "My numbers", "gate": "none", "licence": "CC0", "terms": "",
         "citation": "", "files": [{"name": "numbers", "content": {"bytes": 7}}]}
        """);
    Files.write(
        Files.createDirectories(directory.resolve("mine").resolve("drop")).resolve("numbers"),
        content);
    assertEquals(0, run("mine", "--dir", directory.toString()), err.toString());
    assertEquals(0, run("list", "--dir", directory.toString()));
    assertTrue(out.contains("My numbers"), out);
    Files.writeString(own, Files.readString(own).replace("mine", "mnist"));
    assertEquals(1, run("list", "--dir", directory.toString()));
    assertTrue(err.toString().contains("has the id 'mnist' of another entry"), err.toString());
  }

  @Test
  void fetch_oneOfSeveralFails_theOthersAreFetchedAndTheCodeTells() throws Exception {
    Path from = Files.createDirectories(directory.resolve("downloads"));
    Files.write(from.resolve("annots.npz"), new byte[] {1, 2, 3});
    assertEquals(
        3,
        run("amass", "human36m", "--from", from.toString(), "--dir", directory.toString()),
        err.toString());
    assertTrue(err.toString().contains("Make an account at https://amass.is.tue.mpg.de"));
    assertTrue(Files.exists(directory.resolve("human36m").resolve("annots.npz")));
  }

  @Test
  void exitCode_tellsTheKindOfFailure() {
    assertEquals(4, ExitCode.of(new StorageException("")));
    assertEquals(3, ExitCode.of(new GateException("")));
    assertEquals(2, ExitCode.of(new UnknownDataSetException("", List.of())));
    assertEquals(1, ExitCode.of(new FetchException("")));
    assertEquals(1, ExitCode.of(new java.io.IOException("")));
    assertEquals(0, run("--help"));
    assertTrue(out.replaceAll("\\s+", " ").contains("3 a person must do something first"), out);
  }

  @Test
  void list_tellsWhatLiesOnTheDisk() throws Exception {
    Path tree = Files.createDirectories(directory.resolve("kth/walking/more"));
    Files.write(tree.resolve("a.avi"), new byte[1_500_000]);
    Files.write(Files.createDirectories(directory.resolve("kth/drop")).resolve("b"), new byte[500]);
    assertEquals(0, run("list", "--dir", directory.toString()));
    assertTrue(out.matches("(?s).*\\nkth +partly +1.5 MB +.*"), out);
    assertTrue(out.strip().endsWith("on disk in all: 1.5 MB"), out);
    assertEquals(0, run("list", "kth", "--json", "--dir", directory.toString()));
    assertTrue(out.contains("\"bytesOnDisk\": 1500500"), out);
  }

  @Test
  void fetch_manualSetLargerThanTheDisk_firstSaysHowToObtainIt() {
    assertEquals(3, run("imagenet", "--dir", directory.toString()), err.toString());
    assertTrue(err.toString().contains("Put ILSVRC2012_img_train.tar, "), err.toString());
  }

  @Test
  void fetch_nothingOffline_namesTheStandInAndTheWeb() {
    assertEquals(1, run("svhn", "--offline", "--dir", directory.toString()));
    assertTrue(err.toString().contains("The web was not asked"), err.toString());
    assertTrue(err.toString().contains("fetch fashion-mnist --offline"), err.toString());
  }
}
