package dev.rung.app.cli;

import dev.rung.core.RungException;

/** What the program tells the shell that started it. */
enum ExitCode {
    MET(0, "met: the bar is met, or what was asked for is done"),
    BUG(1, "unexpected: a fault in Rung; the message says where the details lie"),
    WRONG_INPUT(2, "wrong input: an argument, a file or a key"),
    NOT_MET(3, "bar not met"),
    NOT_ENOUGH(4, "not enough evidence for a verdict"),
    UNAVAILABLE(5, "a needed part is unavailable: a model, a key, a server, the JDK");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    int code() {
        return code;
    }

    /** Returns what the code means, for the help text. */
    String meaning() {
        return meaning;
    }

    /** Returns the code of a failure that a user can do something about. */
    static ExitCode of(RungException failure) {
        return switch (failure) {
            case RungException.WrongInput wrong -> WRONG_INPUT;
            case RungException.Forbidden forbidden -> WRONG_INPUT;
            case RungException.Corrupt corrupt -> WRONG_INPUT;
            case RungException.Unavailable unavailable -> UNAVAILABLE;
            case RungException.Failed failed -> UNAVAILABLE;
        };
    }
}
