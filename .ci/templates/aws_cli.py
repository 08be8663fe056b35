"""The AWS CLI of this Python, for commands that are written for its version 2."""

import sys

from awscli.clidriver import main

ONLY_IN_VERSION_2 = {"--cli-binary-format": 1, "--no-cli-pager": 0}


def for_version_1(arguments):
    left = iter(arguments)
    for argument in left:
        for _ in range(ONLY_IN_VERSION_2.get(argument, 0)):
            next(left)
        if argument not in ONLY_IN_VERSION_2:
            yield argument


sys.argv = ["aws", *for_version_1(sys.argv[1:])]
sys.exit(main())
