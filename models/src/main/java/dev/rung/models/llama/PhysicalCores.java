package dev.rung.models.llama;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How many processor cores this process may use, hardware threads of one core counted once. */
final class PhysicalCores {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private PhysicalCores() {}

    static int count() {
        int available = Runtime.getRuntime().availableProcessors();
        try {
            int cores = count(CPUS);
            return cores == 0 ? available : Math.min(cores, available);
        } catch (IOException e) {
            return available;
        }
    }

    /** Counts the distinct sets of sibling threads below a folder laid out like Linux' {@code /sys/devices/system/cpu}; 0 when there are none. */
    static int count(Path cpus) throws IOException {
        Set<String> cores = new HashSet<>();
        if (Files.isDirectory(cpus)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
                for (Path folder : folders) {
                    Path siblings = folder.resolve("topology").resolve("thread_siblings_list");
                    if (Files.isReadable(siblings)) {
                        cores.add(Files.readString(siblings).strip());
                    }
                }
            }
        }
        return cores.size();
    }
}
