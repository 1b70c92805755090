package condgen.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import condgen.nn.VideoArchitectures;
import condgen.nn.VideoUNet.Conditioning;
import condgen.thesis.TableRef;
import condgen.video.MaskDistribution;
import condgen.video.VideoTask;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** The rows of ours: variants, settings of the paper, comparisons; what is trained is elsewhere. */
class VideoRowsTest {

  /** Names and tasks by hand; the names are also those of the thesis's rows. */
  @Test
  @TableRef({"7.5", "7.9"})
  void variants_areTheThesissRows() {
    for (MaskVariant variant : MaskVariant.ofTable79()) {
      assertEquals(5, VideoTables.ours("7.9", variant.toString(), 5, 10).context());
    }
    for (MaskVariant variant : MaskVariant.ofTable75()) {
      assertEquals(2, VideoTables.ours("7.5", variant.toString(), 2, 28).context());
    }
    assertEquals(5, MaskVariant.ofTable79().size());
    assertEquals(List.of(VideoTask.PREDICTION), MaskVariant.SPATIN.tasks());
    assertEquals(
        List.of(VideoTask.PREDICTION, VideoTask.GENERATION), MaskVariant.CONCAT_PAST_MASK.tasks());
    assertEquals(
        List.of(VideoTask.PREDICTION, VideoTask.INTERPOLATION),
        MaskVariant.SPATIN_FUTURE_MASK.tasks());
    assertEquals(List.of(VideoTask.values()), MaskVariant.CONCAT_PAST_FUTURE_MASK.tasks());
  }

  /** Everything but masks, conditioning and the frames after stays equal: one budget. */
  @Test
  void variants_changeNothingElse() {
    VideoSetting shared = TrainedVariant.shared();
    for (MaskVariant variant : MaskVariant.values()) {
      VideoSetting s = variant.of(shared);
      assertEquals(variant.masks(), s.masks());
      assertEquals(variant.conditioning(), s.conditioning());
      assertEquals(variant.masks().future() > 0 ? 5 : 0, s.window().future());
      VideoSetting back =
          new VideoSetting(
              s.footage(),
              s.side(),
              s.patch(),
              shared.window(),
              MaskDistribution.NEVER,
              Conditioning.CONCAT,
              s.width(),
              s.multipliers(),
              s.blocks(),
              s.spadeWidth(),
              s.batch(),
              shared.noise(),
              s.output());
      assertEquals(shared, back);
    }
  }

  /** Two steps of training and two of sampling: the row has its numbers, and comes out again. */
  @Test
  void trainedVariant_givesTheSameRowAgain() {
    Setting setting =
        TrainedVariant.of(List.of(MaskVariant.CONCAT_PAST_MASK), 2, 3, 1, 2, 5).settings().get(0);
    TrainedVariant row = new TrainedVariant();
    Map<String, Double> values = row.measure(setting);
    assertEquals(values, row.measure(setting));
    for (String name : List.of("PSNR best", "SSIM mean", "MSE best", "distance", "held-out loss")) {
      assertTrue(Double.isFinite(values.get(name)), name);
    }
    assertEquals(
        (double) MaskVariant.CONCAT.of(TrainedVariant.shared()).network().parameterCount(),
        values.get(TrainedVariant.PARAMETERS));
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> row.measure(setting.with("variant", "concat x")));
    assertTrue(e.getMessage().contains("but is concat x"), e.getMessage());
  }

  /** Counts and batches by hand from the released commands. */
  @Test
  @TableRef("7.1")
  void paper_hasTenSettings() {
    List<PaperVideo> all = PaperVideo.all();
    assertEquals(10, all.size());
    assertEquals(
        List.of(64, 64, 64, 64, 64, 64, 32, 16, 32, 32),
        all.stream().map(PaperVideo::batch).toList());
    assertEquals(
        List.of(2e-4, 2e-4, 2e-4, 2e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4, 1e-4),
        all.stream().map(p -> p.options().learningRate()).toList());
    assertEquals(
        List.of(1000, 1000, 5000), all.stream().limit(3).map(p -> p.options().warmUp()).toList());
    PaperVideo ucf = PaperVideo.of(VideoArchitectures.UCF_SPATIN);
    assertEquals(550_000, ucf.steps());
    assertEquals(4, ucf.window().past());
    for (PaperVideo paper : all) {
      assertTrue(!paper.protocols().isEmpty(), paper.toString());
      for (VideoProtocol p : paper.protocols()) {
        boolean ten = p.table().equals("7.8") && p.current() == 10;
        assertTrue(ten || p.current() == paper.window().current(), p.toString());
        assertEquals(paper.architecture().architecture().side(), p.side());
      }
    }
  }

  @Test
  @TableRef("7.3")
  void comparison_namesEveryDifference() {
    VideoProtocol thesis = VideoProtocol.of("7.3").get(0);
    VideoProtocol ours = thesis.scaled(32, 5, 5, 10).with(64, 5, 100);
    assertEquals(
        "no: 32 x 32 (64 x 64), best of 5 (10), 64 clips (256)", ours.whyNotComparable(thesis));
    assertEquals("yes", thesis.whyNotComparable(thesis));
    Table table =
        VideoComparison.of("7.3")
            .and(
                "ours",
                thesis,
                ours,
                Map.of("SSIM best", 0.81, "SSIM best ±", 0.02, "distance", 3.5))
            .table("SSIM mean", VideoComparison.DISTANCE);
    assertEquals(6, table.rowCount());
    assertEquals("0.810 ± 0.02", table.stringColumn("SSIM").get(5));
    assertEquals("", table.stringColumn("FVD").get(5));
    assertEquals("3.50", table.stringColumn(VideoComparison.DISTANCE).get(5));
    assertEquals("90.81", table.stringColumn("FVD").get(0));
    assertEquals("thesis", table.stringColumn("from").get(4));
    assertEquals("here", table.stringColumn("from").get(5));
    assertEquals("5 -> 10", table.stringColumn("frames").get(0));
    assertTrue(table.stringColumn("comparable?").get(5).startsWith("no: 32 x 32"));
  }

  @Test
  @TableRef({"7.2", "7.3", "7.4", "7.6", "7.7", "7.8"})
  void tablesOnDigits_haveTheirRows() {
    assertEquals(List.of("7.2", "7.3", "7.4", "7.6", "7.7", "7.8"), TableOnDigits.tables());
    for (String table : TableOnDigits.tables()) {
      Setting model = TableOnDigits.model(table, 64).settings().get(0);
      VideoProtocol ours = TableOnDigits.protocol(model);
      assertEquals(VideoProtocol.of(table).get(0).task(), ours.task());
      List<String> names = TableOnDigits.references(table);
      assertEquals(ours.task() == VideoTask.INTERPOLATION, names.contains("linear interpolation"));
      assertEquals(ours.task() == VideoTask.PREDICTION, names.contains(VideoQuality.FUTURES));
      assertEquals(names.size(), TableOnDigits.references(table, 64).settings().size());
      assertTrue(names.containsAll(List.of("black frame", VideoQuality.OTHERS)), names.toString());
    }
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> TableOnDigits.model("7.5", 64));
    assertTrue(e.getMessage().contains("but is 7.5"), e.getMessage());
  }

  /** A cheap row of each kind, on three clips. */
  @Test
  void referencesOnDigits_areMeasured() {
    for (String name : List.of("black frame", VideoQuality.OTHERS, VideoQuality.FUTURES)) {
      Setting setting =
          TableOnDigits.references("7.3", 3).settings().stream()
              .filter(s -> s.text("method").equals(name))
              .findFirst()
              .orElseThrow();
      Map<String, Double> values = new TableOnDigits().measure(setting);
      assertTrue(values.get("PSNR best") > 5, name + " " + values);
      assertTrue(values.get("distance") > 0, name + " " + values);
    }
  }

  /** A changed checkpoint, version or setting would leave the notebook without its rows. */
  @Test
  @TableRef({"7.5", "7.9"})
  void shippedCards_areThoseOfTheNotebook() {
    AblationResult variants =
        TrainedVariant.of(List.of(MaskVariant.values()), 1200, 1)
            .cards(NotebookFiles.find("results/table-7.9"))
            .read();
    assertEquals("7 rows: 7 from cards", variants.origins());
    for (String table : TableOnDigits.tables()) {
      Path cards = NotebookFiles.find("results/table-7");
      AblationResult rows =
          TableOnDigits.model(table, 64)
              .cards(cards)
              .read()
              .and(TableOnDigits.references(table, 64).cards(cards).read());
      assertTrue(rows.rows().stream().allMatch(AblationRow::hasValues), rows.toString());
    }
  }
}
