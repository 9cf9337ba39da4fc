package io.playlog.web;

import io.playlog.cassandra.CassandraSession;
import io.playlog.cassandra.DirectConnection;
import io.playlog.cli.ListenerName;
import io.playlog.cli.Program;
import io.playlog.config.PlaylogConfig;
import io.playlog.names.Names;
import io.playlog.schema.Schema;
import io.playlog.store.SubmissionTokens;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Makes and revokes the tokens with which players submit listens. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the token with which players submit listens of a listener to this page, as they do to ListenBrainz, and prints it: once, since only its SHA-256 is stored.",
      "A listener has one token: the one before does not count from then on."
    })
final class TokenCommand implements Callable<Integer> {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @ParentCommand private Program program;

  @Option(
      names = "--listener",
      required = true,
      paramLabel = "NAME",
      description = "Whose listens they are.")
  private String listener;

  @Option(names = "--revoke", description = "Make none: the one that is there shall not count.")
  private boolean revoke;

  @Override
  public Integer call() {
    String name = ListenerName.check(spec, listener);
    PlaylogConfig config = program.readConfig();
    try (CassandraSession session = DirectConnection.open(config.cassandra(), TIMEOUT)) {
      Schema.check(session);
      SubmissionTokens tokens = new SubmissionTokens(session);
      if (revoke) {
        revoke(tokens, name);
      } else {
        create(tokens, name);
      }
    }
    return 0;
  }

  private void revoke(SubmissionTokens tokens, String name) {
    say(
        tokens.revoke(name)
            ? "The token of %s does not count any more.".formatted(Names.quote(name))
            : "%s has no token: is the name exactly this?".formatted(Names.quote(name)));
  }

  /** On standard output is the token only, for scripts. */
  private void create(SubmissionTokens tokens, String name) {
    Optional<Instant> before = tokens.createdAt(name);
    String token = tokens.create(name);
    say("The token of %s, which is shown this once:".formatted(Names.quote(name)));
    PrintWriter out = spec.commandLine().getOut();
    out.println(token);
    out.flush();
    if (before.isPresent()) {
      say("The one before, of " + before.get() + ", does not count any more.");
    }
  }

  private void say(String text) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(text);
    err.flush();
  }
}
