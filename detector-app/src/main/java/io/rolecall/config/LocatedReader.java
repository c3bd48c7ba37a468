package io.rolecall.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a YAML or JSON document into {@link Located} values. Keys that repeat, aliases and further documents are errors. */
public final class LocatedReader {

    private static final int DEEPEST = 32;

    private final Problems problems;

    private LocatedReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads YAML; empty for an empty document and for one that is no YAML, which is then among the problems. */
    public static Optional<Located> yaml(String text, Problems problems) {
        return read(new YAMLFactory(), text, problems);
    }

    /** Reads JSON; empty for an empty document and for one that is no JSON, which is then among the problems. */
    public static Optional<Located> json(String text, Problems problems) {
        return read(new JsonFactory(), text, problems);
    }

    private static Optional<Located> read(JsonFactory factory, String text, Problems problems) {
        String content = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (JsonParser parser = factory.createParser(content)) {
            LocatedReader reader = new LocatedReader(problems);
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            Located value = reader.value(parser, "", 0);
            if (parser.nextToken() != null) {
                problems.error(line(parser), "", "a second document in the file; only one is allowed");
            }
            return value instanceof Located.Scalar scalar && scalar.kind() == Located.Kind.NULL
                    ? Optional.empty()
                    : Optional.of(value);
        } catch (JsonProcessingException e) {
            SyntaxError error = SyntaxError.of(e, content);
            problems.error(error.line(), "", "cannot be parsed: " + error.reason());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory", e);
        }
    }

    private Located value(JsonParser parser, String path, int depth) throws IOException {
        int line = line(parser);
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.error(line, path, "anchors and aliases are not allowed");
        }
        if (depth > DEEPEST) {
            problems.error(line, path, "nested deeper than " + DEEPEST + " levels");
            parser.skipChildren();
            return new Located.Scalar(line, Located.Kind.NULL, "");
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(parser, path, depth);
            case START_ARRAY -> sequence(parser, path, depth);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(parser, Located.Kind.NUMBER);
            case VALUE_TRUE, VALUE_FALSE -> scalar(parser, Located.Kind.FLAG);
            case VALUE_NULL -> new Located.Scalar(line, Located.Kind.NULL, "");
            default -> scalar(parser, Located.Kind.TEXT);
        };
    }

    private static Located scalar(JsonParser parser, Located.Kind kind) throws IOException {
        String text = kind == Located.Kind.FLAG ? Boolean.toString(parser.getBooleanValue()) : parser.getText();
        return new Located.Scalar(line(parser), kind, text.strip());
    }

    private Located mapping(JsonParser parser, String path, int depth) throws IOException {
        int line = line(parser);
        Map<String, Located> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int keyLine = line(parser);
            String field = path.isEmpty() ? key : path + "." + key;
            parser.nextToken();
            Located value = value(parser, field, depth + 1);
            if (entries.putIfAbsent(key, value) != null) {
                problems.error(keyLine, field, "stands here twice");
            }
        }
        return new Located.Mapping(line, entries);
    }

    private Located sequence(JsonParser parser, String path, int depth) throws IOException {
        int line = line(parser);
        List<Located> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser, path + "[" + items.size() + "]", depth + 1));
        }
        return new Located.Sequence(line, items);
    }

    private static int line(JsonParser parser) {
        return Math.max(0, parser.currentTokenLocation().getLineNr());
    }
}
