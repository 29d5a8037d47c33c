# Reads {text, html} a line, writes what each installed reader of replies leaves of it.
require 'json'

peers = {}
{ 'email_reply_parser' => ->(text) { EmailReplyParser.parse_reply(text) },
  'email_reply_trimmer' => ->(text) { EmailReplyTrimmer.trim(text) } }.each do |name, read|
  require name
  version = Gem.loaded_specs[name]&.version || Gem::Specification.find_by_name(name).version
  peers["#{name} #{version}"] = read
rescue LoadError
  next
end

$stdin.each_line do |line|
  text = JSON.parse(line)['text']
  puts JSON.generate(peers.to_h { |name, read| [name, begin read.call(text) || '' rescue nil end] })
end
