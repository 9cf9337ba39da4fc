package io.playlog.cli;

import picocli.CommandLine.Option;

/** Of a program that is one of several bundled servers of its kind. */
public final class MemberOption {
  @Option(
      names = "--member",
      paramLabel = "MEMBER",
      defaultValue = "1",
      description = "Which one, from 1 to local.nodes (default: ${DEFAULT-VALUE}).")
  private int member;

  public int member() {
    return member;
  }
}
