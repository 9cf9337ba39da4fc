package io.playlog.producer;

/** Starts the producer's command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(ProducerCommand.commandLine().execute(args));
  }
}
