package io.playlog.config;

import io.playlog.cli.Program;
import io.playlog.cli.SettingsCommand;
import picocli.CommandLine.Command;

/** A program that has settings and does nothing else. */
@Command(name = "program", subcommands = SettingsCommand.class)
public final class SettingsProgram extends Program {
  public static void main(String[] args) {
    System.exit(commandLine(new SettingsProgram()).execute(args));
  }
}
