package io.github.multus4j.examples.quickstart;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the account is printed: in colour only on a terminal, with block characters only where the
 * encoding has them.
 *
 * @param out where lines go
 * @param ansi whether it understands colours
 * @param blocks whether it can show block characters
 */
record Screen(PrintStream out, boolean ansi, boolean blocks) {

    /** Paints part of a line. */
    enum Colour {
        STRONG("1"),
        OURS("32"),
        OTHERS("33"),
        QUIET("2"),
        BAD("31");

        private final String code;

        Colour(String code) {
            this.code = code;
        }
    }

    /** The screen behind the process's output. */
    static Screen of(PrintStream out) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "US-ASCII"));
        boolean blocks = Charset.isSupported(encoding)
                && Charset.forName(encoding).newEncoder().canEncode("■▪░×·");
        return new Screen(
                blocks ? new PrintStream(out, true, Charset.forName(encoding)) : out, Ansi.AUTO.enabled(), blocks);
    }

    void title(String text) {
        line(paint(Colour.STRONG, text));
    }

    void heading(String text) {
        line("");
        line(paint(Colour.STRONG, text));
    }

    void line(String text) {
        out.println(text);
    }

    void line(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }

    String paint(Colour colour, String text) {
        return ansi ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }
}
