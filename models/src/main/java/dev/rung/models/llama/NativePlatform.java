package dev.rung.models.llama;

import java.util.Locale;
import java.util.Optional;

/** A platform for which the natives jar (de.kherud:llama 4.2.0) holds a library that exports the C API, and that library's digest. */
enum NativePlatform {
    LINUX_X86_64(
            "Linux/x86_64/libjllama.so", "93276c536d00f037c37ed6ec1e55be9c828940f4a0af59af10a8f638a31bbc3c", 5_622_712),
    LINUX_AARCH64(
            "Linux/aarch64/libjllama.so",
            "d852c1625b2dac90a974613a2f019ecabf0c5d7bc054dcc14a05246d5aa2a1a7",
            6_330_936),
    MAC_X86_64(
            "Mac/x86_64/libjllama.dylib",
            "02ec1b3570cde80e5fbfc3ba56b5de68ffef2a26e7b470a89547a80e87120e81",
            5_316_456),
    MAC_AARCH64(
            "Mac/aarch64/libjllama.dylib",
            "7ba2311dc634e24b572512a2279357327511ad3d77dea032a77feab77c14d341",
            4_770_880);

    private final String path;
    private final String sha256;
    private final long bytes;

    NativePlatform(String path, String sha256, long bytes) {
        this.path = path;
        this.sha256 = sha256;
        this.bytes = bytes;
    }

    /** Returns the resource's absolute name on the class path. */
    String resource() {
        return "/de/kherud/llama/" + path;
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String sha256() {
        return sha256;
    }

    /** Returns the size of the library in bytes. */
    long bytes() {
        return bytes;
    }

    /** Returns the platform that the system properties {@code os.name} and {@code os.arch} name; Windows is missing since its library exports nothing. */
    static Optional<NativePlatform> of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        boolean x86 = osArch.equals("amd64") || osArch.equals("x86_64");
        boolean arm = osArch.equals("aarch64");
        if (os.startsWith("linux")) {
            return x86 ? Optional.of(LINUX_X86_64) : arm ? Optional.of(LINUX_AARCH64) : Optional.empty();
        }
        if (os.startsWith("mac")) {
            return x86 ? Optional.of(MAC_X86_64) : arm ? Optional.of(MAC_AARCH64) : Optional.empty();
        }
        return Optional.empty();
    }
}
