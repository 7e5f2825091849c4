// Package wire speaks the protocol between a worker and the JVM that started it: frames over stdin and stdout.
//
// A frame is the length of its payload (4 bytes, big-endian), its type (1 byte) and the payload. The worker says
// Hello once. Then, for each Job that the JVM sends, the worker may ask any number of questions, each answered before
// the next, may send Warnings, and ends with Output or Failure. A closed stdin ends the worker. Only kustomize-worker
// asks: Stat, Read and List, whose payload is the path. Only template-worker says what it has Begun, which wants no
// answer.
// README.md describes each payload.
package wire

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// Type says what a frame's payload is.
type Type byte

// What the worker sends.
const (
	Hello   Type = 'H'
	Stat    Type = 'S'
	Read    Type = 'R'
	List    Type = 'L'
	Warning Type = 'W'
	Output  Type = 'O'
	Failure Type = 'F'
	Begun   Type = 'T'
)

// What the JVM sends.
const (
	Job     Type = 'J'
	Absent  Type = 'a'
	IsFile  Type = 'f'
	Folder  Type = 'd'
	Content Type = 'c'
	Listing Type = 'l'
	Refused Type = 'x'
)

// MaxPayload bounds what either side accepts in one frame; a larger length can only be a lost byte in the stream.
const MaxPayload = 1 << 30

// Frame is one message.
type Frame struct {
	Type    Type
	Payload []byte
}

// Conn reads and writes frames. One goroutine may read while another writes.
type Conn struct {
	in  *bufio.Reader
	out *bufio.Writer
}

// NewConn speaks over the given streams.
func NewConn(in io.Reader, out io.Writer) *Conn {
	return &Conn{in: bufio.NewReaderSize(in, 1<<16), out: bufio.NewWriterSize(out, 1<<16)}
}

// Receive reads the next frame. The error is io.EOF when the other side closed the stream between two frames.
func (c *Conn) Receive() (Frame, error) {
	var head [5]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return Frame{}, err
	}
	length := binary.BigEndian.Uint32(head[:4])
	if length > MaxPayload {
		return Frame{}, fmt.Errorf("frame of %d bytes, more than %d", length, MaxPayload)
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(c.in, payload); err != nil {
		return Frame{}, err
	}
	return Frame{Type: Type(head[4]), Payload: payload}, nil
}

// Send writes one frame, whose payload is the given parts in order, and flushes it.
func (c *Conn) Send(kind Type, parts ...[]byte) error {
	length := 0
	for _, part := range parts {
		length += len(part)
	}
	if length > MaxPayload {
		return fmt.Errorf("frame of %d bytes, more than %d", length, MaxPayload)
	}
	var head [5]byte
	binary.BigEndian.PutUint32(head[:4], uint32(length))
	head[4] = byte(kind)
	if _, err := c.out.Write(head[:]); err != nil {
		return err
	}
	for _, part := range parts {
		if _, err := c.out.Write(part); err != nil {
			return err
		}
	}
	return c.out.Flush()
}
