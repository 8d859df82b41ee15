package dev.rung.app.cli;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What is going on, on the error stream: on a terminal one line that is written over, in a pipe a line now and then.
 *
 * <p>Thread-safe.
 */
final class ProgressLine implements AutoCloseable {
    private static final String[] SPINNER = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration PIPE_INTERVAL = Duration.ofSeconds(15);
    private static final String START_OF_EMPTY_LINE = "\r\u001b[K";

    private final Screen screen;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread painter;
    private Supplier<String> text = () -> "";
    private boolean shown;
    private boolean closed;
    private int frame;
    private long lastInPipe = System.nanoTime();

    ProgressLine(Screen screen) {
        this.screen = screen;
        this.painter = Thread.ofVirtual().name("progress").start(this::paint);
    }

    /** Sets what is going on; {@code now} is asked again for each picture, so it may tell the time. */
    void at(Supplier<String> now) {
        lock.lock();
        try {
            text = now;
        } finally {
            lock.unlock();
        }
    }

    /** Writes a line that stays. */
    void print(String line) {
        lock.lock();
        try {
            clear();
            screen.err().println(line);
            lastInPipe = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the line away. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            clear();
        } finally {
            lock.unlock();
        }
        painter.interrupt();
    }

    private void paint() {
        while (true) {
            try {
                Thread.sleep(FRAME);
            } catch (InterruptedException e) {
                return; // closed
            }
            lock.lock();
            try {
                if (closed) {
                    return;
                }
                frame++;
                show(text.get());
            } finally {
                lock.unlock();
            }
        }
    }

    private void show(String now) {
        if (now.isEmpty()) {
            clear();
        } else if (screen.errTerminal()) {
            String line = SPINNER[frame % SPINNER.length] + " " + now;
            int room = screen.columns() - 1;
            String fitting = line.codePointCount(0, line.length()) <= room
                    ? line
                    : line.substring(0, line.offsetByCodePoints(0, room - 1)) + "…";
            screen.err().print(START_OF_EMPTY_LINE + screen.errPaint().dim(fitting));
            screen.err().flush();
            shown = true;
        } else if (System.nanoTime() - lastInPipe >= PIPE_INTERVAL.toNanos()) {
            screen.err().println(now);
            lastInPipe = System.nanoTime();
        }
    }

    private void clear() {
        if (shown) {
            screen.err().print(START_OF_EMPTY_LINE);
            screen.err().flush();
            shown = false;
        }
    }
}
