package io.github.multus4j.testkit.internal.query;

import java.io.StringWriter;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes one answer: elements with text, nested elements, and lists in the form of the query
 * protocol. Null values are left out.
 */
public final class Xml {

    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

    private final XMLStreamWriter out;

    private Xml(XMLStreamWriter out) {
        this.out = out;
    }

    /** A whole document with that root element, in the given namespace unless that is empty. */
    static String document(String root, String namespace, Consumer<Xml> content) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = FACTORY.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement(root);
            if (!namespace.isEmpty()) {
                out.writeDefaultNamespace(namespace);
            }
            content.accept(new Xml(out));
            out.writeEndElement();
            out.writeEndDocument();
            out.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write <" + root + ">", e);
        }
        return text.toString();
    }

    /** An element with the value as its text; nothing if the value is null. */
    Xml text(String name, @Nullable Object value) {
        if (value != null) {
            element(name, inner -> inner.characters(value.toString()));
        }
        return this;
    }

    /** An element with others inside. */
    Xml element(String name, Consumer<Xml> content) {
        try {
            out.writeStartElement(name);
            content.accept(this);
            out.writeEndElement();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write <" + name + ">", e);
        }
    }

    /** An element with others inside; nothing if the value is null. */
    <T> Xml element(String name, @Nullable T value, BiConsumer<Xml, T> content) {
        return value == null ? this : element(name, inner -> content.accept(inner, value));
    }

    /** EC2's lists: one {@code <item>} per value. An empty list is an empty element. */
    <T> Xml items(String name, Collection<? extends T> values, BiConsumer<Xml, ? super T> item) {
        return list(name, "item", values, item);
    }

    /** EC2's lists of plain values. */
    Xml textItems(String name, Collection<?> values) {
        return items(name, values, (inner, value) -> inner.characters(value.toString()));
    }

    /** Auto Scaling's lists: one {@code <member>} per value. */
    <T> Xml members(String name, Collection<? extends T> values, BiConsumer<Xml, ? super T> member) {
        return list(name, "member", values, member);
    }

    private <T> Xml list(
            String name, String entry, Collection<? extends T> values, BiConsumer<Xml, ? super T> content) {
        return element(name, inner -> {
            for (T value : values) {
                inner.element(entry, each -> content.accept(each, value));
            }
        });
    }

    void characters(String text) {
        try {
            out.writeCharacters(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException("cannot write text", e);
        }
    }
}
