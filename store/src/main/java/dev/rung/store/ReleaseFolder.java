package dev.rung.store;

import dev.rung.core.RungException;
import dev.rung.core.Sha256;
import dev.rung.core.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes the folder of a release so that it appears whole, and on the disk, or not at all. */
final class ReleaseFolder {
    static final String BUILDING = ".building-";
    static final String SOLUTION = "solution.json";
    static final String CERTIFICATE = "certificate.json";

    private ReleaseFolder() {}

    /** Writes {@code contents} to {@code folder}, which must not be there, and returns the hash of the certificate's file. */
    static Sha256 write(Path folder, ReleaseContents contents) throws IOException {
        Path parent = folder.resolveSibling(".").normalize();
        Path building = Files.createDirectory(parent.resolve(BUILDING + folder.getFileName()));
        try {
            Path artifacts = Files.createDirectory(building.resolve("artifacts"));
            for (Map.Entry<String, Sha256> artifact :
                    contents.solution().artifacts().entrySet()) {
                String name = artifact.getKey();
                copy(contents.artifact(name), artifacts.resolve(name), artifact.getValue());
            }
            Path outcomes = Files.createDirectory(building.resolve("outcomes"));
            for (Map.Entry<String, byte[]> outcome : contents.outcomes().entrySet()) {
                put(outcomes.resolve(outcome.getKey()), outcome.getValue());
            }
            byte[] certificate = canonical(contents.certificate());
            put(building.resolve(CERTIFICATE), certificate);
            put(building.resolve(SOLUTION), canonical(contents.solution().toJson()));
            put(building.resolve("report.html"), contents.report().getBytes(StandardCharsets.UTF_8));
            settle(building);
            Files.move(building, folder, StandardCopyOption.ATOMIC_MOVE);
            force(parent);
            return Sha256.of(certificate);
        } catch (IOException | RuntimeException e) {
            delete(building);
            throw e;
        }
    }

    private static byte[] canonical(Json json) {
        return json.canonical().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void copy(Path from, Path to, Sha256 expected) throws IOException {
        Files.createDirectories(to.resolveSibling(".").normalize());
        MessageDigest digest = Sha256.newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
            Files.copy(in, to);
        }
        Sha256 found = Sha256.of(digest);
        if (!found.equals(expected)) {
            throw new RungException.Corrupt("the artifact " + from + " has changed: found SHA-256 " + found.brief()
                    + ", expected " + expected.brief() + "; climb again to build it");
        }
    }

    /** Makes the files read-only and waits until everything under {@code folder} is on the disk. */
    private static void settle(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(folder)) {
            all = paths.toList();
        }
        for (Path path : all.reversed()) {
            force(path);
            if (Files.isRegularFile(path) && !path.toFile().setReadOnly()) {
                throw new IOException("cannot make " + path + " read-only");
            }
        }
    }

    private static void force(Path path) throws IOException {
        boolean directory = Files.isDirectory(path);
        if (directory && System.getProperty("os.name", "").startsWith("Windows")) {
            return; // Windows opens no folder as a channel, and keeps its entries safe by its own journal
        }
        try (FileChannel channel =
                FileChannel.open(path, directory ? StandardOpenOption.READ : StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Deletes {@code folder} with all that is in it. */
    static void delete(Path folder) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList().reversed()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
