package wiredesk.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A consumer of wiredesk's topics: {@code --bootstrap HOST:PORT --state state.json}. */
public final class ConsumerExample {
  private static final Duration SAVE_EVERY = Duration.ofSeconds(5); // the whole file is written each time
  private static volatile boolean stopped;

  private ConsumerExample() {}

  public static void main(String[] args) throws Exception {
    Map<String, String> options = options(args);
    if (options.containsKey("--check-vectors")) {
      System.exit(Vectors.mismatches(Path.of(options.get("--check-vectors"))) == 0 ? 0 : 1);
    }
    CountDownLatch done = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      stopped = true;
      await(done);
    }));
    try {
      LocalCopy copy = new LocalCopy(Path.of(options.getOrDefault("--copy", "copy.json")), options.getOrDefault("--language", "en"));
      read(options.getOrDefault("--bootstrap", "127.0.0.1:9092"), copy, options.containsKey("--until-end"));
      if (options.containsKey("--state")) {
        copy.writeState(Path.of(options.get("--state")));
      }
    } finally {
      done.countDown();
    }
  }

  // [read]
  private static void read(String bootstrap, LocalCopy copy, boolean untilEnd) throws IOException {
    Properties settings = new Properties();
    settings.put("bootstrap.servers", bootstrap);
    settings.put("enable.auto.commit", false);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none"); // rather than going on with a gap
    try (Consumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> places = new ArrayList<>();
      for (String topic : LocalCopy.TOPICS) {
        consumer.partitionsFor(topic).forEach(it -> places.add(new TopicPartition(topic, it.partition())));
      }
      consumer.assign(places);
      for (TopicPartition place : places) {
        Long next = copy.positions.get(name(place));
        if (next == null) {
          consumer.seekToBeginning(List.of(place));
        } else {
          consumer.seek(place, next);
        }
      }
      Map<TopicPartition, Long> ends = consumer.endOffsets(places);
      long saved = System.nanoTime();
      while (!stopped && !(untilEnd && places.stream().allMatch(it -> consumer.position(it) >= ends.get(it)))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
          Map<String, String> headers = headers(record);
          String news = copy.take(record.topic(), record.key(), headers, record.value());
          if (news != null) {
            System.out.println(String.join(" ", news, record.topic(), record.key(), headers.get("ce_id")));
          }
        }
        places.forEach(place -> copy.positions.put(name(place), consumer.position(place)));
        if (System.nanoTime() - saved > SAVE_EVERY.toNanos()) {
          copy.save();
          saved = System.nanoTime();
        }
      }
      copy.save();
    }
  }

  // [/read]

  private static String name(TopicPartition place) {
    return place.topic() + "/" + place.partition();
  }

  private static Map<String, String> headers(ConsumerRecord<String, byte[]> record) {
    Map<String, String> found = new HashMap<>();
    for (Header header : record.headers()) {
      found.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
    }
    return found;
  }

  private static Map<String, String> options(String[] args) {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      found.put(args[i], args[i].equals("--until-end") ? "" : args[++i]);
    }
    return found;
  }

  private static void await(CountDownLatch done) {
    try {
      done.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
