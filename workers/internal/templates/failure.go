package templates

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// builtins are the functions of text/template itself.
var builtins = []string{
	"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
	"println", "slice", "urlquery",
}

// known are the names of functions. Only they are told of an error: they are no values.
var known = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range builtins {
		names[name] = true
	}
	for name := range functions {
		names[name] = true
	}
	return names
}()

// sayings are what is told of errors by the words that Go has for them; the words themselves may be followed by a value.
var sayings = []struct{ words, saying string }{
	{"exceeded maximum template depth", "the templates call each other without end"},
	{"can't evaluate field", "a field is asked of a value that does not have it"},
	{"wrong type for value", "an argument has the wrong type"},
	{"wrong number of args", "a function has the wrong number of arguments"},
	{"range can't iterate", "the value to range over is no list, map or number"},
}

const otherwise = "the template cannot be executed"

var (
	place    = regexp.MustCompile(`^(\d+):(?:(\d+):)? `)
	function = regexp.MustCompile(`: error calling (\w+): $`)
)

// parseFailure tells all: the error is about the text of the template, which holds no value.
func parseFailure(key string, err error) *Failure {
	line, column, rest := split(key, err.Error())
	return &Failure{Line: line, Column: column, Message: rest}
}

// executionFailure tells the place and the function. The rest of the error's text may be made of values.
func executionFailure(key string, err error) *Failure {
	line, column, _ := split(key, err.Error())
	return &Failure{Line: line, Column: column, Message: explain(err)}
}

func explain(err error) string {
	// text/template wraps what a function returned or threw in words of its own, which come first.
	if inner := errors.Unwrap(errors.Unwrap(err)); inner != nil {
		own, _ := strings.CutSuffix(err.Error(), inner.Error())
		if match := function.FindStringSubmatch(own); match != nil && known[match[1]] {
			return "the function " + match[1] + " failed"
		}
		return "a function failed"
	}
	for _, one := range sayings {
		if strings.Contains(err.Error(), ">: "+one.words) {
			return one.saying
		}
	}
	return otherwise
}

// split finds the place, which text/template puts before the error of the template with that key.
func split(key, text string) (line, column int, rest string) {
	rest, found := strings.CutPrefix(text, "template: "+key+":")
	if !found {
		return 0, 0, text
	}
	match := place.FindStringSubmatch(rest)
	if match == nil {
		return 0, 0, rest
	}
	line, _ = strconv.Atoi(match[1])
	if match[2] != "" {
		column, _ = strconv.Atoi(match[2])
		// text/template counts the bytes before it.
		column++
	}
	return line, column, rest[len(match[0]):]
}
