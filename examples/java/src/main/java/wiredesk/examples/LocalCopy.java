package wiredesk.examples;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The local copy: articles, stories and utterances in memory, saved to one JSON file with the positions up to which
 * they were read. A program that dies reads again what came after the last save, and writes it by key once more.
 */
final class LocalCopy {
  static final String ARTICLES = "articles.enriched.v1";
  static final String STORIES = "stories.v1";
  static final String MEMBERS = "stories.members.v1";
  static final String QUOTES = "quotes.v1";
  static final List<String> TOPICS = List.of(ARTICLES, STORIES, MEMBERS, QUOTES);

  /** After this a copy is made anew: tombstones are kept for 7 days, and each may be a withdrawal. */
  private static final Duration LONGEST_AWAY = Duration.ofDays(6);

  /** Ids of messages that are remembered, so that nobody is told twice. */
  private static final int REMEMBERED = 100_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  record Article(int version, String source, String headline, String story_id, List<String> said) {}

  /** status: kept, withdrawn, or unwanted (in another language); an article only when kept. */
  record Known(int version, String status, Article article) {}

  record Story(int size, Set<String> members) {}

  record Quote(String text, String speaker, int count) {}

  record State(
      Map<String, Article> articles,
      Map<String, Integer> withdrawn,
      Map<String, Story> stories,
      Map<String, Quote> quotes) {}

  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Saved(
      long at,
      Map<String, Long> positions,
      Map<String, Known> articles,
      Map<String, Map<String, JsonNode>> records,
      LinkedHashSet<String> told) {}

  private final Path path;
  private final String language;
  private final Map<String, Known> articles = new HashMap<>();
  private final Map<String, Map<String, JsonNode>> records = new HashMap<>();
  private final LinkedHashSet<String> told = new LinkedHashSet<>();

  /** Next offset to read by "topic/partition". */
  final Map<String, Long> positions = new HashMap<>();

  LocalCopy(Path path, String language) throws IOException {
    this.path = path;
    this.language = language;
    TOPICS.forEach(topic -> records.put(topic, new HashMap<>()));
    Saved saved = Files.exists(path) ? JSON.readValue(path.toFile(), Saved.class) : null;
    if (saved != null && System.currentTimeMillis() - saved.at() <= LONGEST_AWAY.toMillis()) {
      positions.putAll(saved.positions());
      articles.putAll(saved.articles());
      records.putAll(saved.records());
      told.addAll(saved.told());
    }
  }

  // [take]
  /** Takes in one message; "put" or "delete" when that is news to act on, else null. */
  String take(String topic, String key, Map<String, String> headers, byte[] value) throws IOException {
    String done;
    if (topic.equals(ARTICLES)) {
      done = takeArticle(key, headers, value);
    } else if (value == null) {
      done = records.get(topic).remove(key) == null ? null : "delete";
    } else {
      records.get(topic).put(key, JSON.readTree(value));
      done = "put";
    }
    return told.add(headers.get("ce_id")) ? done : null;
  }

  private String takeArticle(String key, Map<String, String> headers, byte[] value) throws IOException {
    int version = Integer.parseInt(headers.get("ce_version"));
    Known known = articles.get(key);
    if (known != null && version < known.version()) {
      return null; // never back to an older version, also not after a withdrawal
    }
    if (value != null && language.equals(headers.get("ce_language"))) {
      articles.put(key, new Known(version, "kept", articleOf(JSON.readTree(value))));
      return "put";
    }
    // Not decoded. A version before it may have been wanted.
    articles.put(key, new Known(version, value == null ? "withdrawn" : "unwanted", null));
    return known != null && known.status().equals("kept") ? "delete" : null;
  }

  // [/take]

  /** Saves the copy together with the positions that go with it: whole, or not at all. */
  void save() throws IOException {
    Iterator<String> oldest = told.iterator();
    while (told.size() > REMEMBERED) {
      oldest.next();
      oldest.remove();
    }
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    JSON.writeValue(fresh.toFile(), new Saved(System.currentTimeMillis(), positions, articles, records, told));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  // [merges]
  /** The story that a story was merged into at last; itself when it was not. */
  String finalStory(String storyId) {
    Set<String> passed = new HashSet<>();
    String at = storyId;
    while (passed.add(at)) {
      JsonNode story = records.get(STORIES).get(at);
      if (story == null || !story.hasNonNull("merged_into")) {
        return at;
      }
      at = story.get("merged_into").asText();
    }
    return at;
  }

  // [/merges]

  /** The copy as it is, with merges followed, as JSON. */
  void writeState(Path file) throws IOException {
    State state = new State(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    articles.forEach((key, known) -> {
      if (known.status().equals("kept")) {
        Article it = known.article();
        String story = it.story_id() == null ? null : finalStory(it.story_id());
        state.articles().put(key, new Article(it.version(), it.source(), it.headline(), story, it.said()));
      } else if (known.status().equals("withdrawn")) {
        state.withdrawn().put(key, known.version());
      }
    });
    records.get(STORIES).forEach((key, story) -> {
      if (!story.hasNonNull("merged_into")) {
        state.stories().put(key, new Story(story.get("size").asInt(), new TreeSet<>()));
      }
    });
    for (JsonNode member : records.get(MEMBERS).values()) {
      Story story = state.stories().get(finalStory(member.get("story_id").asText()));
      if (story != null) { // else it is still to come: topics are not read in step
        story.members().add(member.get("article_id").asText());
      }
    }
    records.get(QUOTES).forEach((key, quote) -> {
      String speaker = quote.path("speaker").path("name").textValue();
      state.quotes().put(key, new Quote(quote.get("text").asText(), speaker, quote.get("count").asInt()));
    });
    Files.write(file, JSON.writeValueAsString(state).getBytes(StandardCharsets.UTF_8));
  }

  // [spans]
  /** What this program wants of a document; what was said is cut out of the text by its spans. */
  private static Article articleOf(JsonNode document) {
    String text = document.get("text").asText();
    List<int[]> spans = new ArrayList<>();
    for (JsonNode quote : document.get("quotes")) {
      for (JsonNode span : quote.get("spans")) {
        spans.add(new int[] {span.get("start").asInt(), span.get("end").asInt()});
      }
    }
    List<String> said = new ArrayList<>();
    for (int[] span : Spans.toUtf16(text, spans.toArray(new int[0][]))) {
      said.add(text.substring(span[0], span[1]));
    }
    return new Article(
        document.get("version").asInt(),
        document.get("source").get("name").asText(),
        document.get("headline").textValue(),
        document.path("story").path("story_id").textValue(),
        said);
  }
  // [/spans]
}
