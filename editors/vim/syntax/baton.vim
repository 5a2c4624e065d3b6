" SPDX-License-Identifier: MIT
" Scenarios of baton. The test packaging/editors holds the words against the language's tables.
if exists('b:current_syntax')
  finish
endif

" A word may have these inside: v2.6.29, kosaki-0419, rmap/pte_cleared.
syntax iskeyword @,48-57,_,-,.,/

syntax keyword batonBlock scenario ref use setup finally teardown cpu irq order permutation faults
syntax keyword batonBlock predicate invariant variants matrix search
syntax keyword batonWord in before stops at until passed fails works is
syntax keyword batonWord budget fail nth times interval probability space errno function
syntax keyword batonVerdict never sometimes always
syntax keyword batonSetting strategy preemptions steps limit seconds memory livelock seed
syntax keyword batonStrategy dpor dfs random pos pct
syntax keyword batonFinding deadlock livelock crash overflow loop assert use_after_free double_free
syntax keyword batonFinding bad_free out_of_bounds memory_leak refcount sleep_in_atomic death bug

syntax match batonNumber '\<\%(0[xX]\x\+\|\d\+\)\>'
syntax match batonTimes '@\d\+\>'
syntax match batonLabel '\<\h\w*\ze\s*:\s'
syntax match batonCall '\<\h\w*\ze('
syntax region batonString start='"' skip='\\.' end='"' oneline
syntax match batonComment '#.*$' contains=@Spell

highlight default link batonBlock Keyword
highlight default link batonWord Statement
highlight default link batonVerdict Conditional
highlight default link batonSetting Identifier
highlight default link batonStrategy Constant
highlight default link batonFinding Exception
highlight default link batonNumber Number
highlight default link batonTimes Number
highlight default link batonLabel Label
highlight default link batonCall Function
highlight default link batonString String
highlight default link batonComment Comment

let b:current_syntax = 'baton'
