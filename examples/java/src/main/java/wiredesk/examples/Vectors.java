package wiredesk.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** The check of {@link Spans} against schemas/vectors/spans.json. */
final class Vectors {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Vectors() {}

  /** How many vectors the helper gets wrong; each is told on standard error. */
  static int mismatches(Path path) throws IOException {
    JsonNode all = JSON.readTree(path.toFile());
    int wrong = 0;
    for (JsonNode vector : all.get("vectors")) {
      String text = vector.get("text").asText();
      int[][] spans = JSON.convertValue(vector.get("code_points"), int[][].class);
      wrong += differs(vector, "utf16", Spans.toUtf16(text, spans)) + differs(vector, "utf8", Spans.toUtf8(text, spans));
    }
    for (JsonNode vector : all.get("refused")) {
      int[][] spans = {JSON.convertValue(vector.get("code_points"), int[].class)};
      for (BiFunction<String, int[][], int[][]> convert :
          List.<BiFunction<String, int[][], int[][]>>of(Spans::toUtf16, Spans::toUtf8)) {
        try {
          convert.apply(vector.get("text").asText(), spans);
          System.err.println(vector.get("about").asText() + ": not refused");
          wrong++;
        } catch (IndexOutOfBoundsException refused) {
          continue;
        }
      }
    }
    System.out.println(all.get("vectors").size() + all.get("refused").size() + " vectors, " + wrong + " mismatches");
    return wrong;
  }

  private static int differs(JsonNode vector, String unit, int[][] found) {
    if (Arrays.deepEquals(found, JSON.convertValue(vector.get(unit), int[][].class))) {
      return 0;
    }
    System.err.println(vector.get("about").asText() + ": " + unit + " " + Arrays.deepToString(found));
    return 1;
  }
}
