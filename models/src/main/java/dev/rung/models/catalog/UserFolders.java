package dev.rung.models.catalog;

import java.nio.file.Path;
import java.util.Map;

/** Where a user's own files lie, by the XDG base directory specification. */
final class UserFolders {
    private UserFolders() {}

    static Path configuration(Map<String, String> environment) {
        return folder(environment, "XDG_CONFIG_HOME", ".config");
    }

    static Path cache(Map<String, String> environment) {
        return folder(environment, "XDG_CACHE_HOME", ".cache");
    }

    static Path home(Map<String, String> environment) {
        String home = environment.get("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", ".") : home);
    }

    // The specification says that a relative path is to be ignored.
    private static Path folder(Map<String, String> environment, String variable, String inHome) {
        String given = environment.get(variable);
        return given != null && !given.isBlank() && Path.of(given).isAbsolute()
                ? Path.of(given)
                : home(environment).resolve(inHome);
    }
}
