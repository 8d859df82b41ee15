package dev.rung.app.cli;

/** Where the program starts. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(CommandLineProgram.run(Screen.ofProcess(), arguments));
    }
}
