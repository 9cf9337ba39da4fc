package io.playlog.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house, of common, store and jobs. */
class HouseTest {
  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.playlog");

  private static final String[] SERVERS = {
    "org.apache.spark..", "org.apache.kafka..", "com.datastax..", "org.apache.hadoop.."
  };

  private static final DescribedPredicate<JavaClass> COMMANDS =
      simpleNameEndingWith("Command").and(resideInAPackage("io.playlog.jobs.."));

  private static void check(ArchRule rule) {
    rule.check(HOUSE);
  }

  @Test
  void listensHoursAndTheCatalogueKnowNoServer() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.playlog.listen..",
                "io.playlog.names..",
                "io.playlog.catalogue..",
                "io.playlog.error..")
            .should()
            .dependOnClassesThat(resideInAnyPackage(SERVERS))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.playlog.jobs..",
                "io.playlog.store..",
                "io.playlog.config..",
                "io.playlog.cli.."));
  }

  @Test
  void onlyTheConfigurationReadsHocon() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.playlog.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.typesafe.config.."));
  }

  /** The page's server has the tables without Spark. */
  @Test
  void theStoreKnowsNoSpark() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.playlog.store..", "io.playlog.cassandra..", "io.playlog.schema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.spark..", "com.datastax.spark..", "scala..", "io.playlog.jobs.."));
  }

  @Test
  void onlyMainKnowsTheCommands() {
    check(
        noClasses()
            .that()
            .doNotBelongToAnyOf(Main.class)
            .and()
            .haveSimpleNameNotEndingWith("Command")
            .should()
            .dependOnClassesThat(COMMANDS));
    check(
        classes()
            .that(COMMANDS)
            .should(
                ArchCondition.from(
                    describe(
                        "know no other command",
                        command ->
                            command.getDirectDependenciesFromSelf().stream()
                                .map(Dependency::getTargetClass)
                                .noneMatch(
                                    target -> COMMANDS.test(target) && !target.equals(command))))));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.playlog.(**)").should().beFreeOfCycles());
  }

  @Test
  void onlyTheSessionTalksToCassandra() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.playlog.cassandra..",
                "io.playlog.store..",
                "io.playlog.schema..",
                "io.playlog.jobs.cassandra..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.datastax.."));
  }

  @Test
  void nothingIsNamedUtils() {
    check(
        noClasses()
            .should()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Util"));
  }

  /** In the sources, since a constant of another class leaves no trace in what is compiled. */
  @Test
  void onlyTheStoreSaysCql() throws IOException {
    Pattern cql = Pattern.compile("\"(SELECT|INSERT INTO|UPDATE|DELETE FROM) |%s\\.[a-z_]+ ");
    assertThat(filesWith(cql)).isNotEmpty().allMatch(file -> file.contains("/io/playlog/store/"));
  }

  @Test
  void onlyKafkaClientsSaysWhereTheBrokersAre() throws IOException {
    assertThat(filesWith(Pattern.compile("bootstrap\\.servers\"|BOOTSTRAP_SERVERS_CONFIG")))
        .as("and KafkaProperties, which refuses that anybody else does")
        .filteredOn(file -> !file.endsWith("/config/KafkaProperties.java"))
        .singleElement()
        .asString()
        .endsWith("/kafka/KafkaClients.java");
  }

  @Test
  void everyPackageSaysWhatItIs() throws IOException {
    for (Path sources : sources()) {
      try (Stream<Path> files = Files.walk(sources)) {
        List<Path> without =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .map(Path::getParent)
                .distinct()
                .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
                .toList();
        assertThat(without).isEmpty();
      }
    }
  }

  private static List<Path> sources() {
    return List.of(
        Path.of("../common/src/main/java"),
        Path.of("../store/src/main/java"),
        Path.of("src/main/java"));
  }

  private static List<String> filesWith(Pattern pattern) throws IOException {
    List<String> found = new ArrayList<>();
    for (Path sources : sources()) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> pattern.matcher(read(file)).find())
            .forEach(file -> found.add(file.toString()));
      }
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
