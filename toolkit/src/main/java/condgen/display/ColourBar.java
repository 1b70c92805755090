package condgen.display;

/**
 * A colour scale drawn beside a chart.
 *
 * @param scale values to colours
 * @param label quantity and unit
 */
record ColourBar(ColourScale scale, String label) {}
