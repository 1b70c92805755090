import java.awt.Font;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;

/** What doctor asks first of Java: can it draw text without a screen? Needs a JDK and nothing else. */
class Fonts {
  public static void main(String[] arguments) {
    try {
      var fonts = GraphicsEnvironment.getLocalGraphicsEnvironment();
      var graphics = new BufferedImage(100, 20, BufferedImage.TYPE_INT_RGB).createGraphics();
      graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
      if (graphics.getFontMetrics().stringWidth("condgen") == 0) {
        throw new IllegalStateException("text has no width");
      }
      System.out.println(fonts.getAvailableFontFamilyNames().length + " font families");
    } catch (Throwable problem) {
      for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
        System.out.println(cause);
      }
      System.exit(1);
    }
  }
}
