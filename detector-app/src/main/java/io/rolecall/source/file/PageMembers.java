package io.rolecall.source.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** What a page of Graph says of itself, where it is an element among others and is not read as a document of its own. */
final class PageMembers {

    private static final JsonFactory JSON = new JsonFactory();

    private PageMembers() {}

    /**
     * Its texts whose names begin with {@code @odata.}, as an object.
     *
     * @return empty when it holds no list named {@code value}, or says nothing of itself, or is no JSON
     */
    static String of(byte[] bytes, int from, int length) {
        StringWriter object = new StringWriter();
        boolean page = false;
        boolean says = false;
        try (JsonParser parser = JSON.createParser(bytes, from, length);
                JsonGenerator members = JSON.createGenerator(object)) {
            members.writeStartObject();
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                page |= value == JsonToken.START_ARRAY && name.equalsIgnoreCase("value");
                if (value == JsonToken.VALUE_STRING && name.startsWith("@odata.")) {
                    members.writeStringField(name, parser.getText());
                    says = true;
                }
                parser.skipChildren();
            }
            members.writeEndObject();
        } catch (IOException noJson) {
            return "";
        }
        return page && says ? object.toString() : "";
    }
}
