package wiredesk.examples;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;

/**
 * Offsets in other units: code point spans, as wiredesk writes them, as UTF-16 code units (what Java's strings count)
 * and as UTF-8 bytes. schemas/vectors/spans.json holds texts and spans to test it with.
 */
final class Spans {
  private Spans() {}

  /** Spans (start and end in code points, half-open) in UTF-16 code units, for {@link String#substring}. */
  static int[][] toUtf16(String text, int[][] spans) {
    return converted(text, spans, Character::charCount);
  }

  /** Spans (start and end in code points, half-open) in bytes of the text in UTF-8. */
  static int[][] toUtf8(String text, int[][] spans) {
    return converted(text, spans, point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
  }

  /** One walk over the text, however many spans. IndexOutOfBoundsException when one runs out of it. */
  private static int[][] converted(String text, int[][] spans, IntUnaryOperator width) {
    TreeSet<Integer> offsets = new TreeSet<>();
    for (int[] span : spans) {
      offsets.add(span[0]);
      offsets.add(span[1]);
    }
    Map<Integer, Integer> units = new HashMap<>();
    int at = 0;
    int taken = 0;
    int unit = 0;
    for (int offset : offsets.tailSet(0)) {
      for (; at < offset && unit < text.length(); at++) {
        int point = text.codePointAt(unit);
        unit += Character.charCount(point);
        taken += width.applyAsInt(point);
      }
      if (at == offset) {
        units.put(offset, taken);
      }
    }
    int[][] found = new int[spans.length][];
    for (int i = 0; i < spans.length; i++) {
      Integer start = units.get(spans[i][0]);
      Integer end = units.get(spans[i][1]);
      if (start == null || end == null || start > end) {
        throw new IndexOutOfBoundsException("no span " + spans[i][0] + ":" + spans[i][1] + " in the text");
      }
      found[i] = new int[] {start, end};
    }
    return found;
  }
}
