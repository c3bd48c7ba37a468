package io.rolecall.cli;

import io.rolecall.scenario.Scenario;
import io.rolecall.scenario.ScenarioRunner;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Results of scenarios in the XML that build servers read. */
final class JunitReport {

    private record Entry(Scenario scenario, ScenarioRunner.Result result, double seconds) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(Scenario scenario, ScenarioRunner.Result result, double seconds) {
        entries.add(new Entry(scenario, result, seconds));
    }

    void write(Path file) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", "rolecall detections");
            xml.writeAttribute("tests", String.valueOf(entries.size()));
            xml.writeAttribute(
                    "failures",
                    String.valueOf(entries.stream()
                            .filter(entry -> !entry.result().ok())
                            .count()));
            xml.writeAttribute("errors", "0");
            xml.writeAttribute("skipped", "0");
            xml.writeAttribute(
                    "time", seconds(entries.stream().mapToDouble(Entry::seconds).sum()));
            for (Entry entry : entries) {
                testCase(xml, entry);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("The JUnit file cannot be written", e);
        }
    }

    private static void testCase(XMLStreamWriter xml, Entry entry) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", entry.scenario().detection());
        xml.writeAttribute("name", printable(entry.result().name()));
        xml.writeAttribute("file", entry.scenario().file());
        xml.writeAttribute("time", seconds(entry.seconds()));
        if (!entry.result().ok()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(entry.result().failures().get(0)));
            xml.writeCharacters(printable(String.join("\n", entry.result().failures())));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML 1.0 cannot hold control characters, not even escaped. */
    private static String printable(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]", "?");
    }
}
